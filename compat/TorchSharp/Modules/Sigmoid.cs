using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.sigmoid(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sigmoid Sigmoid() => new(false);

            public static Modules.Sigmoid Sigmoid(bool inplace) => new(inplace);

            public static partial class functional
            {
                public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_().alias() : x.sigmoid();

                public static Tensor sigmoid(Tensor x) => x.sigmoid();
            }
        }
    }
}
