using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·sigmoid(x).</summary>
    public sealed class SiLU : ParameterLessModule<Tensor, Tensor>
    {
        internal SiLU(bool inplace) : base(nameof(SiLU))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.silu(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.SiLU SiLU() => new(false);

            public static Modules.SiLU SiLU(bool inplace) => new(inplace);

            public static partial class functional
            {
                public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();
            }
        }
    }
}
