using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum if asked for.</summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        private readonly Options _defaults;
        private readonly Dictionary<Modules.ParamGroup, nint[]> _buffers = [];

        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
            if (momentum < 0) throw new ArgumentException($"Invalid momentum value: {momentum}");
            if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            foreach (var group in parameters) add_param_group(group);
        }

        public double Momentum
        {
            get => _defaults.momentum!.Value;
            set => _defaults.momentum = value;
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            ArgumentNullException.ThrowIfNull(param_group);
            var options = (Options?)param_group.Options ?? new Options();
            param_group.Options = options;
            options.LearningRate ??= _defaults.LearningRate;
            options.InitialLearningRate = options.LearningRate!.Value;
            options.momentum ??= _defaults.momentum;
            options.dampening ??= _defaults.dampening;
            options.weight_decay ??= _defaults.weight_decay;
            options.nesterov ??= _defaults.nesterov;
            options.maximize ??= _defaults.maximize;
            base.add_param_group(param_group);
            _buffers[param_group] = new nint[param_group.All.Length];
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            foreach (var buffers in _buffers.Values)
                for (var i = 0; i < buffers.Length; i++)
                {
                    Native.ts_free(buffers[i]);
                    buffers[i] = 0;
                }
        }

        private protected override void Step(Modules.ParamGroup group)
        {
            var options = (Options)group.Options;
            var parameters = group.All;
            Native.ts_sgd_step(Native.Handles(parameters), _buffers[group], parameters.Length, new SgdOptions
            {
                LearningRate = options.LearningRate!.Value,
                Momentum = options.momentum!.Value,
                Dampening = options.dampening!.Value,
                WeightDecay = options.weight_decay!.Value,
                Nesterov = options.nesterov!.Value ? 1 : 0,
                Maximize = options.maximize!.Value ? 1 : 0,
            });
            GC.KeepAlive(this);
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Modules.SGD SGD(
                IEnumerable<Modules.Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static Modules.SGD SGD(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double learningRate, double momentum = 0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static Modules.SGD SGD(
                IEnumerable<Modules.SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
