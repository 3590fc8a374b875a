using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Splits one dimension into several.</summary>
    public sealed class Unflatten : ParameterLessModule<Tensor, Tensor>
    {
        internal Unflatten(long dim, long[] unflattened_size) : base(nameof(Unflatten))
        {
            this.dim = dim;
            this.unflattened_size = unflattened_size;
        }

        public long dim { get; set; }

        public long[] unflattened_size { get; set; }

        public override Tensor forward(Tensor input) => input.unflatten(dim, unflattened_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Unflatten Unflatten(long dim, long[] unflattened_size) => new(dim, unflattened_size);
        }
    }
}
