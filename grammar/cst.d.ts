import type { CstNode, ICstVisitor, IToken } from "chevrotain";

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  body: [BodyCstNode, ...BodyCstNode[]];
};

export interface BodyCstNode extends CstNode {
  name: "body";
  children: BodyCstChildren;
}

export type BodyCstChildren = {
  statement?: [StatementCstNode, ...StatementCstNode[]];
  Terminator?: [IToken, ...IToken[]];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  Identifier: [IToken, ...IToken[]];
  Dot?: [IToken, ...IToken[]];
  label?: [IToken, ...IToken[]];
  Assign?: [IToken, ...IToken[]];
  expression?: [ExpressionCstNode, ...ExpressionCstNode[]];
  block?: [BlockCstNode, ...BlockCstNode[]];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  LCurly: [IToken, ...IToken[]];
  body: [BodyCstNode, ...BodyCstNode[]];
  RCurly: [IToken, ...IToken[]];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  unary: [UnaryCstNode, ...UnaryCstNode[]];
  operator?: [IToken, ...IToken[]];
};

export interface UnaryCstNode extends CstNode {
  name: "unary";
  children: UnaryCstChildren;
}

export type UnaryCstChildren = {
  prefix?: [IToken, ...IToken[]];
  primary: [PrimaryCstNode, ...PrimaryCstNode[]];
  postfix?: [PostfixCstNode, ...PostfixCstNode[]];
  misplaced?: [MisplacedCstNode, ...MisplacedCstNode[]];
};

export interface PostfixCstNode extends CstNode {
  name: "postfix";
  children: PostfixCstChildren;
}

export type PostfixCstChildren = {
  Dot?: [IToken, ...IToken[]];
  Identifier?: [IToken, ...IToken[]];
  LSquare?: [IToken, ...IToken[]];
  expression?: [ExpressionCstNode, ...ExpressionCstNode[]];
  RSquare?: [IToken, ...IToken[]];
  LParen?: [IToken, ...IToken[]];
  expressionList?: [ExpressionListCstNode, ...ExpressionListCstNode[]];
  RParen?: [IToken, ...IToken[]];
};

export interface MisplacedCstNode extends CstNode {
  name: "misplaced";
  children: MisplacedCstChildren;
}

export type MisplacedCstChildren = {
  label?: [IToken, ...IToken[]];
  block: [BlockCstNode, ...BlockCstNode[]];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  Text?: [IToken, ...IToken[]];
  Identifier?: [IToken, ...IToken[]];
  RawText?: [IToken, ...IToken[]];
  Integer?: [IToken, ...IToken[]];
  Float?: [IToken, ...IToken[]];
  Bool?: [IToken, ...IToken[]];
  Null?: [IToken, ...IToken[]];
  LParen?: [IToken, ...IToken[]];
  expression?: [ExpressionCstNode, ...ExpressionCstNode[]];
  RParen?: [IToken, ...IToken[]];
  LSquare?: [IToken, ...IToken[]];
  expressionList?: [ExpressionListCstNode, ...ExpressionListCstNode[]];
  RSquare?: [IToken, ...IToken[]];
  LCurly?: [IToken, ...IToken[]];
  fieldList?: [FieldListCstNode, ...FieldListCstNode[]];
  RCurly?: [IToken, ...IToken[]];
};

export interface ExpressionListCstNode extends CstNode {
  name: "expressionList";
  children: ExpressionListCstChildren;
}

export type ExpressionListCstChildren = {
  expression: [ExpressionCstNode, ...ExpressionCstNode[]];
  Comma?: [IToken, ...IToken[]];
};

export interface FieldListCstNode extends CstNode {
  name: "fieldList";
  children: FieldListCstChildren;
}

export type FieldListCstChildren = {
  field: [FieldCstNode, ...FieldCstNode[]];
  Comma?: [IToken, ...IToken[]];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  key?: [IToken, ...IToken[]];
  Assign: [IToken, ...IToken[]];
  expression: [ExpressionCstNode, ...ExpressionCstNode[]];
};

export interface ICstNodeVisitor<IN, OUT> extends ICstVisitor<IN, OUT> {
  file(children: FileCstChildren, param?: IN): OUT;
  body(children: BodyCstChildren, param?: IN): OUT;
  statement(children: StatementCstChildren, param?: IN): OUT;
  block(children: BlockCstChildren, param?: IN): OUT;
  expression(children: ExpressionCstChildren, param?: IN): OUT;
  unary(children: UnaryCstChildren, param?: IN): OUT;
  postfix(children: PostfixCstChildren, param?: IN): OUT;
  misplaced(children: MisplacedCstChildren, param?: IN): OUT;
  primary(children: PrimaryCstChildren, param?: IN): OUT;
  expressionList(children: ExpressionListCstChildren, param?: IN): OUT;
  fieldList(children: FieldListCstChildren, param?: IN): OUT;
  field(children: FieldCstChildren, param?: IN): OUT;
}
