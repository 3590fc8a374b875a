using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters, buffers and modules under names, in the order in which they were registered.</summary>
        public partial class Module : IDisposable
        {
            protected OrderedDict<string, Module> _internal_submodules = [];
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = [];
            protected OrderedDict<string, Parameter> _internal_params = [];
            protected string? name;

            private bool _training = true;
            private bool _disposed;

            protected Module(string name) => this.name = name;

            ~Module() => Dispose(false);

            public virtual bool training => _training;

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls the function for all modules below this one, then for this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var (_, child) in named_children()) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else grad.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, buffer) in named_buffers(false).ToList()) buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in named_parameters(false).ToList()) parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, module) in named_modules().ToList()) module.Dispose();
            }
        }
    }
}
