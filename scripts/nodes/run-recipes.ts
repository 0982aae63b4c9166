import type { Recipe } from './recipes.ts'
import { runRecipe } from './run-recipe.ts'

/** Runs recipes, several at once because most of their time is waiting, and says of each what is wrong with how it ended. */
export function runRecipes(recipes: readonly Recipe[], node: string): readonly Promise<string | null>[] {
  const lanes = Array.from({ length: 4 }, (): Promise<string | null> => Promise.resolve(null))
  return recipes.map((recipe, at) => {
    const ran = lanes[at % lanes.length]!.then(() => runRecipe(recipe, node))
    lanes[at % lanes.length] = ran
    return ran
  })
}
