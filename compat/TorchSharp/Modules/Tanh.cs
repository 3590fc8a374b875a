using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The hyperbolic tangent.</summary>
    public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
    {
        internal Tanh(bool inplace) : base(nameof(Tanh))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.tanh(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Tanh Tanh() => new(false);

            public static Modules.Tanh Tanh(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();
            }
        }
    }
}
