/**
 * Complex numbers as two raw doubles: what loops carry from round to round, and what states name, is taken apart, so that an object is made only where one is
 * handed on. (Scalar replacement: V8's own escape analysis keeps an object that is written into a record, though that happens only when a guard fails.)
 */
import { settleOperands, type Block, type Graph, type Node } from '../ir.ts';
import { COMPLEX, FLOAT } from '../kinds.ts';
import { nameParts, nodeIn, splitParameters } from './split-parameters.ts';

function double(op: 'param' | 'complex_real' | 'complex_imag', args: readonly Node[], block: Block): Node {
  return nodeIn(block, op, args, FLOAT, true);
}

function partsOf(value: Node, block: Block, out: Node[]): readonly Node[] {
  if (value.op === 'complex') return value.args;
  const parts = [double('complex_real', [value], block), double('complex_imag', [value], block)];
  out.push(...parts);
  return parts;
}

/** `complex_real` of an object made here is what it was made of. */
function forwardParts(graph: Graph): void {
  for (const block of graph.blocks) {
    block.nodes = block.nodes.filter((node) => {
      const of = node.args[0];
      if ((node.op !== 'complex_real' && node.op !== 'complex_imag') || of?.op !== 'complex') return true;
      node.alias = of.args[node.op === 'complex_real' ? 0 : 1]!;
      return false;
    });
  }
}

/** See the file's head. */
export function splitComplex(graph: Graph): void {
  if (!graph.blocks.some((block) => [...block.params, ...block.nodes].some((node) => node.kinds === COMPLEX))) return;
  const newParts = (block: Block): Node[] => [double('param', [], block), double('param', [], block)];
  splitParameters(graph, { op: 'complex', isChosen: (param) => param.kinds === COMPLEX, newParts, partsOf });
  forwardParts(graph);
  settleOperands(graph);
  nameParts(graph, 'complex');
}
