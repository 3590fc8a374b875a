namespace TorchSharp;

public static partial class torch
{
    public static class autograd
    {
        /// <summary>
        /// The gradients of the outputs by the inputs; an unused input gets an invalid tensor if allow_unused, else an error.
        /// </summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            var (outs, ins, grads) = (Handles(outputs), Handles(inputs), Handles(grad_outputs));
            var list = Native.ts_grad(
                outs, outs.Length, ins, ins.Length, grads, grads.Length, retain_graph, create_graph, allow_unused);
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return Native.TakeList(list).ToList();
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => Backward(tensors, grad_tensors, retain_graph ?? create_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        internal static void Backward(
            IList<Tensor> tensors, IList<Tensor>? gradTensors, bool retainGraph, bool createGraph, IList<Tensor>? inputs)
        {
            var (roots, grads, ins) = (Handles(tensors), Handles(gradTensors), Handles(inputs));
            Native.ts_backward(roots, roots.Length, grads, grads.Length, retainGraph, createGraph, ins, ins.Length);
            GC.KeepAlive((tensors, gradTensors, inputs));
        }

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
            return handles;
        }
    }
}
