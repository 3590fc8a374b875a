namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.ts_requires_grad(this);
            set => Native.ts_set_requires_grad(this, value);
        }

        public bool is_leaf => Native.ts_is_leaf(this);

        /// <summary>The accumulated gradient, a new handle at each reading; null where there is none.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Native.ts_get_grad(this);
                if (gradient != 0) return new Tensor(gradient);
                CheckForErrors();
                return null;
            }
            set => Native.ts_set_grad(this, value);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.ts_retain_grad(this);

        public void backward() => autograd.Backward([this], null, false, false, null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.Backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Native.ts_detach(this);

        public Tensor detach_()
        {
            Native.ts_detach_(this);
            return this;
        }
    }
}
