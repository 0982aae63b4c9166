import type { CstNode, ICstVisitor, IToken } from "chevrotain";

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  body: BodyCstNode[];
};

export interface BodyCstNode extends CstNode {
  name: "body";
  children: BodyCstChildren;
}

export type BodyCstChildren = {
  statement?: (StatementCstNode)[];
  Terminator?: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  Identifier: (IToken)[];
  Dot?: IToken[];
  label?: (IToken)[];
  Assign?: IToken[];
  expression?: ExpressionCstNode[];
  block?: BlockCstNode[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  LCurly: IToken[];
  body: BodyCstNode[];
  RCurly: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  unary: (UnaryCstNode)[];
  operator?: (IToken)[];
};

export interface UnaryCstNode extends CstNode {
  name: "unary";
  children: UnaryCstChildren;
}

export type UnaryCstChildren = {
  prefix?: (IToken)[];
  primary: PrimaryCstNode[];
  postfix?: PostfixCstNode[];
  misplaced?: MisplacedCstNode[];
};

export interface PostfixCstNode extends CstNode {
  name: "postfix";
  children: PostfixCstChildren;
}

export type PostfixCstChildren = {
  Dot?: IToken[];
  Identifier?: IToken[];
  LSquare?: IToken[];
  expression?: ExpressionCstNode[];
  RSquare?: IToken[];
  LParen?: IToken[];
  expressionList?: ExpressionListCstNode[];
  RParen?: IToken[];
};

export interface MisplacedCstNode extends CstNode {
  name: "misplaced";
  children: MisplacedCstChildren;
}

export type MisplacedCstChildren = {
  label?: (IToken)[];
  block: BlockCstNode[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  Text?: IToken[];
  Identifier?: IToken[];
  RawText?: IToken[];
  Integer?: IToken[];
  Float?: IToken[];
  Bool?: IToken[];
  Null?: IToken[];
  LParen?: IToken[];
  expression?: ExpressionCstNode[];
  RParen?: IToken[];
  LSquare?: IToken[];
  expressionList?: ExpressionListCstNode[];
  RSquare?: IToken[];
  LCurly?: IToken[];
  fieldList?: FieldListCstNode[];
  RCurly?: IToken[];
};

export interface ExpressionListCstNode extends CstNode {
  name: "expressionList";
  children: ExpressionListCstChildren;
}

export type ExpressionListCstChildren = {
  expression: (ExpressionCstNode)[];
  Comma?: IToken[];
};

export interface FieldListCstNode extends CstNode {
  name: "fieldList";
  children: FieldListCstChildren;
}

export type FieldListCstChildren = {
  field: (FieldCstNode)[];
  Comma?: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  key?: (IToken)[];
  Assign: IToken[];
  expression: ExpressionCstNode[];
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
