/**
 * The grammar that finds syntax errors: all of Python 3.14's grammar as a table, with the rules that CPython uses to recognise common mistakes.
 * Longer than 600 lines because the grammar is.
 *
 * It is read by syntax-error-grammar.ts, and only after the fast parser has failed. Order, lookahead and memoisation decide which message is
 * found first and which token was read last, so they are CPython's. What a rule makes is only a shape: its kind and its tokens.
 *
 * Notation, one alternative a line: 'x' keyword or operator, "x" soft keyword, NAME token class, [x] optional, x* x+ repeated, s.x+ separated,
 * &x !x lookahead, &&x required, ~ no way back, l=x labelled. After => stands what is made:
 *   Kind            a shape of that kind             =l    the labelled part itself             @name  a function of syntax-error-actions.ts
 *   at l: text      error covering l                 range l m: text   error from l to m        from l: text  error from l to the place of reading
 *   last: text      error at the last token read     next: text  error at the next token        indent: text  IndentationError
 *   target K l      error if l is no target of kind K (star, for, del)
 * In texts {l} is the name of l's kind, {l.line} its line, {l.text} its source. "(memo)" keeps results by position.
 */
export const SYNTAX_ERROR_RULES = `
file: [statements] ENDMARKER
interactive: statement_newline
eval: expressions NEWLINE* ENDMARKER
func_type: '(' [type_expressions] ')' '->' expression NEWLINE* ENDMARKER

statements: statement+
statement:
  | compound_stmt
  | simple_stmts
statement_newline:
  | compound_stmt NEWLINE
  | simple_stmts
  | NEWLINE
  | ENDMARKER => @fail
simple_stmts:
  | simple_stmt !';' NEWLINE
  | ';'.simple_stmt+ [';'] NEWLINE
simple_stmt (memo):
  | assignment
  | &"type" type_alias
  | star_expressions
  | &'return' return_stmt
  | &('import' | 'from') import_stmt
  | &'raise' raise_stmt
  | &'pass' pass_stmt
  | &'del' del_stmt
  | &'yield' yield_stmt
  | &'assert' assert_stmt
  | &'break' break_stmt
  | &'continue' continue_stmt
  | &'global' global_stmt
  | &'nonlocal' nonlocal_stmt
compound_stmt:
  | &('def' | '@' | 'async') function_def
  | &'if' if_stmt
  | &('class' | '@') class_def
  | &('with' | 'async') with_stmt
  | &('for' | 'async') for_stmt
  | &'try' try_stmt
  | &'while' while_stmt
  | match_stmt

assignment:
  | NAME ':' expression ['=' annotated_rhs] => AnnAssign
  | ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs] => AnnAssign
  | (star_targets '=')+ annotated_rhs !'=' [TYPE_COMMENT] => Assign
  | single_target augassign ~ annotated_rhs => AugAssign
  | invalid_assignment
annotated_rhs:
  | yield_expr
  | star_expressions
augassign:
  | '+='
  | '-='
  | '*='
  | '@='
  | '/='
  | '%='
  | '&='
  | '|='
  | '^='
  | '<<='
  | '>>='
  | '**='
  | '//='
return_stmt: 'return' [star_expressions] => Return
raise_stmt:
  | 'raise' expression 'from' expression => Raise
  | 'raise' expression => Raise
  | 'raise' => Raise
pass_stmt: 'pass' => Pass
break_stmt: 'break' => Break
continue_stmt: 'continue' => Continue
global_stmt: 'global' ','.NAME+ => Global
nonlocal_stmt: 'nonlocal' ','.NAME+ => Nonlocal
del_stmt:
  | 'del' del_targets &(';' | NEWLINE) => Delete
  | invalid_del_stmt
yield_stmt: yield_expr
assert_stmt: 'assert' expression [',' expression] => Assert
import_stmt:
  | invalid_import
  | import_name
  | import_from
import_name: 'import' dotted_as_names => Import
import_from:
  | 'from' d=('.' | '...')* m=dotted_name 'import' n=import_from_targets => @futureImport
  | 'from' ('.' | '...')+ 'import' import_from_targets => ImportFrom
import_from_targets:
  | '(' n=import_from_as_names [','] ')' => =n
  | import_from_as_names !','
  | '*'
  | invalid_import_from_targets
import_from_as_names: ','.import_from_as_name+
import_from_as_name:
  | invalid_import_from_as_name
  | NAME ['as' NAME] => alias
dotted_as_names: ','.dotted_as_name+
dotted_as_name:
  | invalid_dotted_as_name
  | dotted_name ['as' NAME] => alias
dotted_name (left):
  | dotted_name '.' NAME => Name
  | NAME

block (memo):
  | NEWLINE INDENT statements DEDENT
  | simple_stmts
  | invalid_block
decorators: ('@' named_expression NEWLINE)+
class_def:
  | decorators class_def_raw
  | class_def_raw
class_def_raw:
  | invalid_class_def_raw
  | 'class' NAME [type_params] ['(' [arguments] ')'] ':' block => ClassDef
function_def:
  | decorators function_def_raw
  | function_def_raw
function_def_raw:
  | invalid_def_raw
  | 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' [func_type_comment] block => FunctionDef
  | 'async' 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' [func_type_comment] block => FunctionDef

params:
  | invalid_parameters
  | parameters
parameters:
  | slash_no_default param_no_default* param_with_default* [star_etc] => arguments
  | slash_with_default param_with_default* [star_etc] => arguments
  | param_no_default+ param_with_default* [star_etc] => arguments
  | param_with_default+ [star_etc] => arguments
  | star_etc
slash_no_default:
  | param_no_default+ '/' ',' => arguments
  | param_no_default+ '/' &')' => arguments
slash_with_default:
  | param_no_default* param_with_default+ '/' ',' => arguments
  | param_no_default* param_with_default+ '/' &')' => arguments
star_etc:
  | invalid_star_etc
  | '*' param_no_default param_maybe_default* [kwds] => arguments
  | '*' param_no_default_star_annotation param_maybe_default* [kwds] => arguments
  | '*' ',' param_maybe_default+ [kwds] => arguments
  | kwds
kwds:
  | invalid_kwds
  | '**' p=param_no_default => =p
param_no_default:
  | p=param ',' [TYPE_COMMENT] => =p
  | p=param [TYPE_COMMENT] &')' => =p
param_no_default_star_annotation:
  | p=param_star_annotation ',' [TYPE_COMMENT] => =p
  | p=param_star_annotation [TYPE_COMMENT] &')' => =p
param_with_default:
  | p=param default ',' [TYPE_COMMENT] => =p
  | p=param default [TYPE_COMMENT] &')' => =p
param_maybe_default:
  | p=param [default] ',' [TYPE_COMMENT] => =p
  | p=param [default] [TYPE_COMMENT] &')' => =p
param: NAME [annotation] => arg
param_star_annotation: NAME star_annotation => arg
annotation: ':' e=expression => =e
star_annotation: ':' e=star_expression => =e
default:
  | '=' e=expression => =e
  | invalid_default

if_stmt:
  | invalid_if_stmt
  | 'if' named_expression ':' block elif_stmt => If
  | 'if' named_expression ':' block [else_block] => If
elif_stmt:
  | invalid_elif_stmt
  | 'elif' named_expression ':' block elif_stmt => If
  | 'elif' named_expression ':' block [else_block] => If
else_block:
  | invalid_else_stmt
  | 'else' &&':' b=block => =b
while_stmt:
  | invalid_while_stmt
  | 'while' named_expression ':' block [else_block] => While
for_stmt:
  | invalid_for_stmt
  | 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block] => For
  | 'async' 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block] => For
  | invalid_for_target
with_stmt:
  | invalid_with_stmt_indent
  | 'with' '(' ','.with_item+ [','] ')' ':' [TYPE_COMMENT] block => With
  | 'with' ','.with_item+ ':' [TYPE_COMMENT] block => With
  | 'async' 'with' '(' ','.with_item+ [','] ')' ':' block => With
  | 'async' 'with' ','.with_item+ ':' [TYPE_COMMENT] block => With
  | invalid_with_stmt
with_item:
  | expression 'as' star_target &(',' | ')' | ':') => withitem
  | invalid_with_item
  | expression
try_stmt:
  | invalid_try_stmt
  | 'try' &&':' block finally_block => Try
  | 'try' &&':' block except_block+ [else_block] [finally_block] => Try
  | 'try' &&':' block except_star_block+ [else_block] [finally_block] => Try
except_block:
  | invalid_except_stmt_indent
  | 'except' expression ':' block => ExceptHandler
  | 'except' expression 'as' NAME ':' block => ExceptHandler
  | 'except' expressions ':' block => ExceptHandler
  | 'except' ':' block => ExceptHandler
  | invalid_except_stmt
except_star_block:
  | invalid_except_star_stmt_indent
  | 'except' '*' expression ':' block => ExceptHandler
  | 'except' '*' expression 'as' NAME ':' block => ExceptHandler
  | 'except' '*' expressions ':' block => ExceptHandler
  | invalid_except_star_stmt
finally_block:
  | invalid_finally_stmt
  | 'finally' &&':' b=block => =b

match_stmt:
  | "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT => Match
  | invalid_match_stmt
subject_expr:
  | star_named_expression ',' [star_named_expressions] => Tuple
  | named_expression
case_block:
  | invalid_case_block
  | "case" patterns [guard] ':' block => match_case
guard: 'if' e=named_expression => =e
patterns:
  | open_sequence_pattern => MatchSequence
  | pattern
pattern:
  | as_pattern
  | or_pattern
as_pattern:
  | or_pattern 'as' pattern_capture_target => MatchAs
  | invalid_as_pattern
or_pattern: '|'.closed_pattern+ => MatchOr
closed_pattern (memo):
  | literal_pattern
  | capture_pattern
  | wildcard_pattern
  | value_pattern
  | group_pattern
  | sequence_pattern
  | mapping_pattern
  | class_pattern
literal_pattern:
  | signed_number !('+' | '-') => MatchValue
  | complex_number => MatchValue
  | strings => MatchValue
  | 'None' => MatchSingleton
  | 'True' => MatchSingleton
  | 'False' => MatchSingleton
literal_expr:
  | signed_number !('+' | '-')
  | complex_number
  | &(STRING | FSTRING_START | TSTRING_START) strings
  | 'None' => Constant
  | 'True' => Constant
  | 'False' => Constant
complex_number:
  | signed_real_number '+' imaginary_number => BinOp
  | signed_real_number '-' imaginary_number => BinOp
signed_number:
  | NUMBER
  | '-' NUMBER => UnaryOp
signed_real_number:
  | real_number
  | '-' real_number => UnaryOp
real_number: n=NUMBER => @realNumber
imaginary_number: n=NUMBER => @imaginaryNumber
capture_pattern: pattern_capture_target => MatchAs
pattern_capture_target: !"_" n=NAME !('.' | '(' | '=') => =n
wildcard_pattern: "_" => MatchAs
value_pattern: attr !('.' | '(' | '=') => MatchValue
attr (left):
  | name_or_attr '.' NAME => Attribute
name_or_attr:
  | attr
  | NAME
group_pattern: '(' p=pattern ')' => =p
sequence_pattern:
  | '[' [maybe_sequence_pattern] ']' => MatchSequence
  | '(' [open_sequence_pattern] ')' => MatchSequence
open_sequence_pattern: maybe_star_pattern ',' [maybe_sequence_pattern]
maybe_sequence_pattern: ','.maybe_star_pattern+ [',']
maybe_star_pattern:
  | star_pattern
  | pattern
star_pattern (memo):
  | '*' pattern_capture_target => MatchStar
  | '*' wildcard_pattern => MatchStar
mapping_pattern:
  | '{' '}' => MatchMapping
  | '{' double_star_pattern [','] '}' => MatchMapping
  | '{' items_pattern ',' double_star_pattern [','] '}' => MatchMapping
  | '{' items_pattern [','] '}' => MatchMapping
items_pattern: ','.key_value_pattern+
key_value_pattern: (literal_expr | attr) ':' pattern
double_star_pattern: '**' n=pattern_capture_target => =n
class_pattern:
  | name_or_attr '(' ')' => MatchClass
  | name_or_attr '(' positional_patterns [','] ')' => MatchClass
  | name_or_attr '(' keyword_patterns [','] ')' => MatchClass
  | name_or_attr '(' positional_patterns ',' keyword_patterns [','] ')' => MatchClass
  | invalid_class_pattern
positional_patterns: ','.pattern+
keyword_patterns: ','.keyword_pattern+
keyword_pattern: NAME '=' pattern

type_alias: "type" NAME [type_params] '=' expression => TypeAlias
type_params:
  | invalid_type_params
  | '[' type_param_seq ']'
type_param_seq: ','.type_param+ [',']
type_param (memo):
  | NAME [type_param_bound] [type_param_default] => TypeVar
  | invalid_type_param
  | '*' NAME [type_param_starred_default] => TypeVarTuple
  | '**' NAME [type_param_default] => ParamSpec
type_param_bound: ':' e=expression => =e
type_param_default: '=' e=expression => =e
type_param_starred_default: '=' e=star_expression => =e

expressions:
  | expression (',' expression)+ [','] => Tuple
  | expression ',' => Tuple
  | expression
expression (memo):
  | invalid_expression
  | invalid_legacy_expression
  | disjunction 'if' disjunction 'else' expression => IfExp
  | disjunction
  | lambdef
yield_expr:
  | 'yield' 'from' expression => YieldFrom
  | 'yield' [star_expressions] => Yield
star_expressions:
  | star_expression (',' star_expression)+ [','] => Tuple
  | star_expression ',' => Tuple
  | star_expression
star_expression (memo):
  | '*' bitwise_or => Starred
  | expression
star_named_expressions: ','.star_named_expression+ [',']
star_named_expression:
  | '*' bitwise_or => Starred
  | named_expression
assignment_expression: NAME ':=' ~ expression => NamedExpr
named_expression:
  | assignment_expression
  | invalid_named_expression
  | e=expression !':=' => =e
disjunction (memo):
  | conjunction ('or' conjunction)+ => BoolOp
  | conjunction
conjunction (memo):
  | inversion ('and' inversion)+ => BoolOp
  | inversion
inversion (memo):
  | 'not' inversion => UnaryOp
  | comparison
comparison:
  | bitwise_or compare_op_bitwise_or_pair+ => Compare
  | bitwise_or
compare_op_bitwise_or_pair:
  | '==' bitwise_or
  | noteq_token bitwise_or
  | '<=' bitwise_or
  | '<' bitwise_or
  | '>=' bitwise_or
  | '>' bitwise_or
  | 'not' 'in' bitwise_or
  | 'in' bitwise_or
  | 'is' 'not' bitwise_or
  | 'is' bitwise_or
noteq_token:
  | t='!=' => @notEqual
  | a='<' b='>' => @flyingNotEqual
bitwise_or (left):
  | bitwise_or '|' bitwise_xor => BinOp
  | bitwise_xor
bitwise_xor (left):
  | bitwise_xor '^' bitwise_and => BinOp
  | bitwise_and
bitwise_and (left):
  | bitwise_and '&' shift_expr => BinOp
  | shift_expr
shift_expr (left):
  | shift_expr '<<' sum => BinOp
  | shift_expr '>>' sum => BinOp
  | invalid_arithmetic
  | sum
sum (left):
  | sum '+' term => BinOp
  | sum '-' term => BinOp
  | term
term (left):
  | term '*' factor => BinOp
  | term '/' factor => BinOp
  | term '//' factor => BinOp
  | term '%' factor => BinOp
  | term '@' factor => BinOp
  | invalid_factor
  | factor
factor (memo):
  | '+' factor => UnaryOp
  | '-' factor => UnaryOp
  | '~' factor => UnaryOp
  | power
power:
  | await_primary '**' factor => BinOp
  | await_primary
await_primary (memo):
  | 'await' primary => Await
  | primary
primary (left):
  | primary '.' NAME => Attribute
  | primary genexp => Call
  | primary '(' [arguments] ')' => Call
  | primary '[' slices ']' => Subscript
  | atom
slices:
  | s=slice !',' => =s
  | ','.(slice | starred_expression)+ [','] => Tuple
slice:
  | [expression] ':' [expression] [':' [expression]] => Slice
  | named_expression
atom:
  | NAME
  | 'True' => Constant
  | 'False' => Constant
  | 'None' => Constant
  | &(STRING | FSTRING_START | TSTRING_START) strings
  | NUMBER
  | &'(' (tuple | group | genexp)
  | &'[' (list | listcomp)
  | &'{' (dict | set | dictcomp | setcomp)
  | '...' => Constant
group:
  | '(' e=(yield_expr | named_expression) ')' => =e
  | invalid_group

lambdef: 'lambda' [lambda_params] ':' expression => Lambda
lambda_params:
  | invalid_lambda_parameters
  | lambda_parameters
lambda_parameters:
  | lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* [lambda_star_etc] => arguments
  | lambda_slash_with_default lambda_param_with_default* [lambda_star_etc] => arguments
  | lambda_param_no_default+ lambda_param_with_default* [lambda_star_etc] => arguments
  | lambda_param_with_default+ [lambda_star_etc] => arguments
  | lambda_star_etc
lambda_slash_no_default:
  | lambda_param_no_default+ '/' ',' => arguments
  | lambda_param_no_default+ '/' &':' => arguments
lambda_slash_with_default:
  | lambda_param_no_default* lambda_param_with_default+ '/' ',' => arguments
  | lambda_param_no_default* lambda_param_with_default+ '/' &':' => arguments
lambda_star_etc:
  | invalid_lambda_star_etc
  | '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds] => arguments
  | '*' ',' lambda_param_maybe_default+ [lambda_kwds] => arguments
  | lambda_kwds
lambda_kwds:
  | invalid_lambda_kwds
  | '**' p=lambda_param_no_default => =p
lambda_param_no_default:
  | p=lambda_param ',' => =p
  | p=lambda_param &':' => =p
lambda_param_with_default:
  | p=lambda_param default ',' => =p
  | p=lambda_param default &':' => =p
lambda_param_maybe_default:
  | p=lambda_param [default] ',' => =p
  | p=lambda_param [default] &':' => =p
lambda_param: NAME => arg

fstring_middle:
  | fstring_replacement_field
  | FSTRING_MIDDLE
fstring_replacement_field:
  | '{' annotated_rhs ['='] [fstring_conversion] [fstring_full_format_spec] '}' => FormattedValue
  | invalid_fstring_replacement_field
fstring_conversion: t="!" n=NAME => @conversion
fstring_full_format_spec: ':' fstring_format_spec*
fstring_format_spec:
  | t=FSTRING_MIDDLE => @formatSpecText
  | fstring_replacement_field
fstring: s=FSTRING_START m=fstring_middle* e=FSTRING_END => @joinedString
tstring_format_spec_replacement_field:
  | '{' annotated_rhs ['='] [fstring_conversion] [tstring_full_format_spec] '}' => FormattedValue
  | invalid_tstring_replacement_field
tstring_format_spec:
  | t=TSTRING_MIDDLE => @formatSpecText
  | tstring_format_spec_replacement_field
tstring_full_format_spec: ':' tstring_format_spec*
tstring_replacement_field:
  | '{' annotated_rhs ['='] [fstring_conversion] [tstring_full_format_spec] '}' => Interpolation
  | invalid_tstring_replacement_field
tstring_middle:
  | tstring_replacement_field
  | TSTRING_MIDDLE
tstring (memo): s=TSTRING_START m=tstring_middle* e=TSTRING_END => @joinedString
string: s=STRING => @string
strings (memo):
  | invalid_string_tstring_concat
  | p=(fstring | string)+ => @concatenate
  | tstring+ => TemplateStr
list: '[' [star_named_expressions] ']' => List
tuple: '(' [star_named_expression ',' [star_named_expressions]] ')' => Tuple
set: '{' star_named_expressions '}' => Set
dict:
  | '{' [double_starred_kvpairs] '}' => Dict
  | '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs: ','.double_starred_kvpair+ [',']
double_starred_kvpair:
  | '**' bitwise_or
  | kvpair
kvpair: expression ':' expression

for_if_clauses: for_if_clause+
for_if_clause:
  | 'async' 'for' star_targets 'in' ~ i=disjunction c=('if' disjunction)* => comprehension
  | 'for' star_targets 'in' ~ i=disjunction c=('if' disjunction)* => comprehension
  | invalid_for_if_clause
  | invalid_for_target
listcomp:
  | '[' named_expression for_if_clauses ']' => ListComp
  | invalid_comprehension
setcomp:
  | '{' named_expression for_if_clauses '}' => SetComp
  | invalid_comprehension
genexp:
  | '(' (assignment_expression | expression !':=') for_if_clauses ')' => GeneratorExp
  | invalid_comprehension
dictcomp:
  | '{' kvpair for_if_clauses '}' => DictComp
  | invalid_dict_comprehension

arguments (memo):
  | a=args [','] &')' => =a
  | invalid_arguments
args:
  | p=','.(starred_expression | (assignment_expression | expression !':=') !'=')+ k=[',' kwargs] => Call
  | k=kwargs => Call
kwargs:
  | ','.kwarg_or_starred+ ',' ','.kwarg_or_double_starred+
  | ','.kwarg_or_starred+
  | ','.kwarg_or_double_starred+
starred_expression:
  | invalid_starred_expression_unpacking
  | '*' expression => Starred
  | invalid_starred_expression
kwarg_or_starred:
  | invalid_kwarg
  | NAME '=' expression => keyword
  | starred_expression
kwarg_or_double_starred:
  | invalid_kwarg
  | NAME '=' expression => keyword
  | '**' expression => keyword_unpacking

star_targets:
  | t=star_target !',' => =t
  | star_target (',' star_target)* [','] => Tuple
star_targets_list_seq: ','.star_target+ [',']
star_targets_tuple_seq:
  | star_target (',' star_target)+ [',']
  | star_target ','
star_target (memo):
  | '*' (!'*' star_target) => Starred
  | target_with_star_atom
target_with_star_atom (memo):
  | t_primary '.' NAME !t_lookahead => Attribute
  | t_primary '[' slices ']' !t_lookahead => Subscript
  | star_atom
star_atom:
  | NAME
  | '(' t=target_with_star_atom ')' => =t
  | '(' [star_targets_tuple_seq] ')' => Tuple
  | '[' [star_targets_list_seq] ']' => List
single_target:
  | single_subscript_attribute_target
  | NAME
  | '(' t=single_target ')' => =t
single_subscript_attribute_target:
  | t_primary '.' NAME !t_lookahead => Attribute
  | t_primary '[' slices ']' !t_lookahead => Subscript
t_primary (left):
  | t_primary '.' NAME &t_lookahead => Attribute
  | t_primary '[' slices ']' &t_lookahead => Subscript
  | t_primary genexp &t_lookahead => Call
  | t_primary '(' [arguments] ')' &t_lookahead => Call
  | a=atom &t_lookahead => =a
t_lookahead:
  | '('
  | '['
  | '.'
del_targets: ','.del_target+ [',']
del_target (memo):
  | t_primary '.' NAME !t_lookahead => Attribute
  | t_primary '[' slices ']' !t_lookahead => Subscript
  | del_t_atom
del_t_atom:
  | NAME
  | '(' t=del_target ')' => =t
  | '(' [del_targets] ')' => Tuple
  | '[' [del_targets] ']' => List
type_expressions:
  | ','.expression+ ',' '*' expression ',' '**' expression
  | ','.expression+ ',' '*' expression
  | ','.expression+ ',' '**' expression
  | '*' expression ',' '**' expression
  | '*' expression
  | '**' expression
  | ','.expression+
func_type_comment:
  | NEWLINE TYPE_COMMENT &(NEWLINE INDENT)
  | invalid_double_type_comments
  | TYPE_COMMENT

invalid_arguments:
  | ((','.(starred_expression | (assignment_expression | expression !':=') !'=')+ ',' kwargs) | kwargs) a=',' ','.(starred_expression !'=')+ => from a: iterable argument unpacking follows keyword argument unpacking
  | a=expression b=for_if_clauses ',' [args | expression for_if_clauses] => @bareGenerator
  | a=NAME b='=' expression for_if_clauses => range a b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | [args ','] a=NAME b='=' &(',' | ')') => range a b: expected argument value expression
  | a=args b=for_if_clauses => @bareGeneratorAmongArguments
  | args ',' a=expression b=for_if_clauses => @bareGenerator
  | a=args ',' args => @positionalAfterKeyword
invalid_kwarg:
  | a=('True' | 'False' | 'None') b='=' => range a b: cannot assign to {a.text}
  | a=NAME b='=' expression for_if_clauses => range a b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | !(NAME '=') a=expression b='=' => range a b: expression cannot contain assignment, perhaps you meant "=="?
  | a='**' expression '=' b=expression => range a b: cannot assign to keyword argument unpacking
expression_without_invalid (quiet):
  | disjunction 'if' disjunction 'else' expression => IfExp
  | disjunction
  | lambdef
invalid_legacy_expression:
  | a=NAME !'(' b=star_expressions => @legacyStatement
invalid_type_param:
  | '*' NAME c=':' e=expression => @boundOfTypeVarTuple
  | '**' NAME c=':' e=expression => @boundOfParamSpec
invalid_expression:
  | STRING a=(!STRING expression_without_invalid)+ STRING => @insideOfString
  | !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid => @forgottenComma
  | a=disjunction 'if' b=disjunction !('else' | ':') => range a b: expected 'else' after 'if' expression
  | a=disjunction 'if' b=disjunction 'else' !expression => next: expected expression after 'else', but statement is given
  | a=(pass_stmt | break_stmt | continue_stmt) 'if' b=disjunction 'else' c=simple_stmt => at a: expected expression before 'if', but statement is given
  | a='lambda' [lambda_params] b=':' &FSTRING_MIDDLE => range a b: f-string: lambda expressions are not allowed without parentheses
  | a='lambda' [lambda_params] b=':' &TSTRING_MIDDLE => range a b: t-string: lambda expressions are not allowed without parentheses
invalid_named_expression (memo):
  | a=expression ':=' expression => at a: cannot use assignment expressions with {a}
  | a=NAME '=' b=bitwise_or !('=' | ':=') => range a b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or b='=' bitwise_or !('=' | ':=') => at a: cannot assign to {a} here. Maybe you meant '==' instead of '='?
invalid_assignment:
  | a=invalid_ann_assign_target ':' expression => at a: only single target (not {a}) can be annotated
  | a=star_named_expression ',' star_named_expressions* ':' expression => at a: only single target (not tuple) can be annotated
  | a=expression ':' expression => at a: illegal target for annotation
  | (star_targets '=')* a=star_expressions '=' => target star a
  | (star_targets '=')* a=yield_expr '=' => at a: assignment to yield expression not possible
  | a=star_expressions augassign annotated_rhs => at a: '{a}' is an illegal expression for augmented assignment
invalid_ann_assign_target:
  | list
  | tuple
  | '(' a=invalid_ann_assign_target ')' => =a
invalid_del_stmt:
  | 'del' a=star_expressions => target del a
invalid_block:
  | NEWLINE !INDENT => indent: expected an indented block
invalid_comprehension:
  | ('[' | '(' | '{') a=starred_expression for_if_clauses => at a: iterable unpacking cannot be used in comprehension
  | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses => @unbracketedTarget
  | ('[' | '{') a=star_named_expression b=',' for_if_clauses => range a b: did you forget parentheses around the comprehension target?
invalid_dict_comprehension:
  | '{' a='**' bitwise_or for_if_clauses '}' => at a: dict unpacking cannot be used in dict comprehension
invalid_parameters:
  | a='/' ',' => at a: at least one argument must precede /
  | (slash_no_default | slash_with_default) param_maybe_default* a='/' => at a: / may appear only once
  | [slash_no_default] param_no_default* invalid_parameters_helper a=param_no_default => at a: parameter without a default follows parameter with a default
  | param_no_default* a='(' param_no_default+ [','] b=')' => range a b: Function parameters cannot be parenthesized
  | [slash_no_default | slash_with_default] param_maybe_default* '*' (',' | param_no_default) param_maybe_default* a='/' => at a: / must be ahead of *
  | param_maybe_default+ '/' a='*' => at a: expected comma between / and *
invalid_default:
  | a='=' &(')' | ',') => at a: expected default value expression
invalid_star_etc:
  | a='*' (')' | ',' (')' | '**')) => at a: named arguments must follow bare *
  | '*' ',' TYPE_COMMENT => last: bare * has associated type comment
  | '*' param a='=' => at a: var-positional argument cannot have default value
  | '*' (param_no_default | ',') param_maybe_default* a='*' (param_no_default | ',') => at a: * argument may appear only once
invalid_kwds:
  | '**' param a='=' => at a: var-keyword argument cannot have default value
  | '**' param ',' a=param => at a: arguments cannot follow var-keyword argument
  | '**' param ',' a=('*' | '**' | '/') => at a: arguments cannot follow var-keyword argument
invalid_parameters_helper:
  | slash_with_default
  | param_with_default+
invalid_lambda_parameters:
  | a='/' ',' => at a: at least one argument must precede /
  | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a='/' => at a: / may appear only once
  | [lambda_slash_no_default] lambda_param_no_default* invalid_lambda_parameters_helper a=lambda_param_no_default => at a: parameter without a default follows parameter with a default
  | lambda_param_no_default* a='(' ','.lambda_param+ [','] b=')' => range a b: Lambda expression parameters cannot be parenthesized
  | [lambda_slash_no_default | lambda_slash_with_default] lambda_param_maybe_default* '*' (',' | lambda_param_no_default) lambda_param_maybe_default* a='/' => at a: / must be ahead of *
  | lambda_param_maybe_default+ '/' a='*' => at a: expected comma between / and *
invalid_lambda_parameters_helper:
  | lambda_slash_with_default
  | lambda_param_with_default+
invalid_lambda_star_etc:
  | '*' (':' | ',' (':' | '**')) => last: named arguments must follow bare *
  | '*' lambda_param a='=' => at a: var-positional argument cannot have default value
  | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a='*' (lambda_param_no_default | ',') => at a: * argument may appear only once
invalid_lambda_kwds:
  | '**' lambda_param a='=' => at a: var-keyword argument cannot have default value
  | '**' lambda_param ',' a=lambda_param => at a: arguments cannot follow var-keyword argument
  | '**' lambda_param ',' a=('*' | '**' | '/') => at a: arguments cannot follow var-keyword argument
invalid_double_type_comments:
  | TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT => last: Cannot have two type comments on def
invalid_with_item:
  | expression 'as' a=expression &(',' | ')' | ':') => target star a
invalid_for_if_clause:
  | ['async'] 'for' (bitwise_or (',' bitwise_or)* [',']) !'in' => last: 'in' expected after for-loop variables
invalid_for_target:
  | ['async'] 'for' a=star_expressions => target for a
invalid_group:
  | '(' a=starred_expression ')' => at a: cannot use starred expression here
  | '(' a='**' expression ')' => at a: cannot use double starred expression here
invalid_import:
  | a='import' ','.dotted_name+ 'from' dotted_name => from a: Did you mean to use 'from ... import ...' instead?
  | 'import' a=NEWLINE => from a: Expected one or more names after 'import'
invalid_dotted_as_name:
  | dotted_name 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression => at a: cannot use {a} as import target
invalid_import_from_as_name:
  | NAME 'as' !(NAME (',' | ')' | ';' | NEWLINE)) a=expression => at a: cannot use {a} as import target
invalid_import_from_targets:
  | import_from_as_names ',' NEWLINE => last: trailing comma not allowed without surrounding parentheses
  | a=NEWLINE => from a: Expected one or more names after 'import'
invalid_with_stmt:
  | ['async'] 'with' ','.(expression ['as' star_target])+ NEWLINE => last: expected ':'
  | ['async'] 'with' '(' ','.(expressions ['as' star_target])+ [','] ')' NEWLINE => last: expected ':'
invalid_with_stmt_indent:
  | ['async'] a='with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT => indent: expected an indented block after 'with' statement on line {a.line}
  | ['async'] a='with' '(' ','.(expressions ['as' star_target])+ [','] ')' ':' NEWLINE !INDENT => indent: expected an indented block after 'with' statement on line {a.line}
invalid_try_stmt:
  | a='try' ':' NEWLINE !INDENT => indent: expected an indented block after 'try' statement on line {a.line}
  | 'try' ':' block !('except' | 'finally') => last: expected 'except' or 'finally' block
  | 'try' ':' block* except_block+ a='except' b='*' expression ['as' NAME] ':' => range a b: cannot have both 'except' and 'except*' on the same 'try'
  | 'try' ':' block* except_star_block+ a='except' [expression ['as' NAME]] ':' => at a: cannot have both 'except' and 'except*' on the same 'try'
invalid_except_stmt:
  | 'except' a=expression ',' expressions 'as' NAME ':' => from a: multiple exception types must be parenthesized when using 'as'
  | 'except' expression ['as' NAME] NEWLINE => last: expected ':'
  | 'except' NEWLINE => last: expected ':'
  | 'except' expression 'as' a=expression ':' block => at a: cannot use except statement with {a}
invalid_except_star_stmt:
  | 'except' '*' a=expression ',' expressions 'as' NAME ':' => from a: multiple exception types must be parenthesized when using 'as'
  | 'except' '*' expression ['as' NAME] NEWLINE => last: expected ':'
  | 'except' '*' (NEWLINE | ':') => last: expected one or more exception types
  | 'except' '*' expression 'as' a=expression ':' block => at a: cannot use except* statement with {a}
invalid_finally_stmt:
  | a='finally' ':' NEWLINE !INDENT => indent: expected an indented block after 'finally' statement on line {a.line}
invalid_except_stmt_indent:
  | a='except' expression ['as' NAME] ':' NEWLINE !INDENT => indent: expected an indented block after 'except' statement on line {a.line}
  | a='except' ':' NEWLINE !INDENT => indent: expected an indented block after 'except' statement on line {a.line}
invalid_except_star_stmt_indent:
  | a='except' '*' expression ['as' NAME] ':' NEWLINE !INDENT => indent: expected an indented block after 'except*' statement on line {a.line}
invalid_match_stmt:
  | "match" subject_expr NEWLINE => last: expected ':'
  | a="match" subject_expr ':' NEWLINE !INDENT => indent: expected an indented block after 'match' statement on line {a.line}
invalid_case_block:
  | "case" patterns [guard] NEWLINE => last: expected ':'
  | a="case" patterns [guard] ':' NEWLINE !INDENT => indent: expected an indented block after 'case' statement on line {a.line}
invalid_as_pattern:
  | or_pattern 'as' a="_" => at a: cannot use '_' as a target
  | or_pattern 'as' a=expression => at a: cannot use {a} as pattern target
invalid_class_pattern:
  | name_or_attr '(' a=invalid_class_argument_pattern => @positionalPatternAfterKeyword
invalid_class_argument_pattern:
  | [positional_patterns ','] keyword_patterns ',' a=positional_patterns => =a
invalid_if_stmt:
  | 'if' named_expression NEWLINE => last: expected ':'
  | a='if' named_expression ':' NEWLINE !INDENT => indent: expected an indented block after 'if' statement on line {a.line}
invalid_elif_stmt:
  | 'elif' named_expression NEWLINE => last: expected ':'
  | a='elif' named_expression ':' NEWLINE !INDENT => indent: expected an indented block after 'elif' statement on line {a.line}
invalid_else_stmt:
  | a='else' ':' NEWLINE !INDENT => indent: expected an indented block after 'else' statement on line {a.line}
  | 'else' ':' block 'elif' => last: 'elif' block follows an 'else' block
invalid_while_stmt:
  | 'while' named_expression NEWLINE => last: expected ':'
  | a='while' named_expression ':' NEWLINE !INDENT => indent: expected an indented block after 'while' statement on line {a.line}
invalid_for_stmt:
  | ['async'] 'for' star_targets 'in' star_expressions NEWLINE => last: expected ':'
  | ['async'] a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT => indent: expected an indented block after 'for' statement on line {a.line}
invalid_def_raw:
  | ['async'] a='def' NAME [type_params] '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT => indent: expected an indented block after function definition on line {a.line}
  | ['async'] 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block
invalid_class_def_raw:
  | 'class' NAME [type_params] ['(' [arguments] ')'] NEWLINE => last: expected ':'
  | a='class' NAME [type_params] ['(' [arguments] ')'] ':' NEWLINE !INDENT => indent: expected an indented block after class definition on line {a.line}
invalid_double_starred_kvpairs:
  | ','.double_starred_kvpair+ ',' invalid_kvpair
  | expression ':' a='*' bitwise_or => from a: cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') => at a: expression expected after dictionary key and ':'
invalid_kvpair:
  | a=expression !(':') => @missingColon
  | expression ':' a='*' bitwise_or => from a: cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') => at a: expression expected after dictionary key and ':'
invalid_starred_expression_unpacking:
  | a='*' expression '=' b=expression => range a b: cannot assign to iterable argument unpacking
invalid_starred_expression:
  | '*' => last: Invalid star expression
invalid_string_tstring_concat:
  | a=(fstring | string)+ b=tstring => @mixedStrings
  | a=tstring+ b=(fstring | string) => @mixedStrings
invalid_arithmetic:
  | sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') a='not' b=inversion => range a b: 'not' after an operator must be parenthesized
invalid_factor:
  | ('+' | '-' | '~') a='not' b=factor => range a b: 'not' after an operator must be parenthesized
invalid_type_params:
  | '[' a=']' => from a: Type parameter list cannot be empty
${replacementFieldRules('f')}${replacementFieldRules('t')}`;

/** What can be wrong between the braces of f-strings and t-strings; the two differ in the name that the messages use. */
function replacementFieldRules(prefix: string): string {
  return `
invalid_${prefix}string_replacement_field:
  | '{' a='=' => at a: ${prefix}-string: valid expression required before '='
  | '{' a='!' => at a: ${prefix}-string: valid expression required before '!'
  | '{' a=':' => at a: ${prefix}-string: valid expression required before ':'
  | '{' a='}' => at a: ${prefix}-string: valid expression required before '}'
  | '{' !annotated_rhs => next: ${prefix}-string: expecting a valid expression after '{'
  | '{' annotated_rhs !('=' | '!' | ':' | '}') => next: ${prefix}-string: expecting '=', or '!', or ':', or '}'
  | '{' annotated_rhs '=' !('!' | ':' | '}') => next: ${prefix}-string: expecting '!', or ':', or '}'
  | '{' annotated_rhs ['='] invalid_${prefix}string_conversion_character
  | '{' annotated_rhs ['='] ['!' NAME] !(':' | '}') => next: ${prefix}-string: expecting ':' or '}'
  | '{' annotated_rhs ['='] ['!' NAME] ':' fstring_format_spec* !'}' => next: ${prefix}-string: expecting '}', or format specs
  | '{' annotated_rhs ['='] ['!' NAME] !'}' => next: ${prefix}-string: expecting '}'
invalid_${prefix}string_conversion_character:
  | '!' &(':' | '}') => next: ${prefix}-string: missing conversion character
  | '!' !NAME => next: ${prefix}-string: invalid conversion character
`;
}
