using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>In training, zeroes each element with probability p and scales the others by 1 / (1 − p).</summary>
    public sealed class Dropout : ParameterLessModule<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace) : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        public double p { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                {
                    if (!inplace) return Native.ts_dropout(input, p, training);
                    Native.ts_dropout_(input, p, training);
                    return input.alias();
                }
            }
        }
    }
}
