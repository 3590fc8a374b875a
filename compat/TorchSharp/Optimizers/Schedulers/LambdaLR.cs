namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The initial rate times a function of the epoch.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double> _lr_lambda;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) : base(optimizer, last_epoch)
                    {
                        _lr_lambda = lr_lambda;
                        step(null);
                    }

                    protected override IEnumerable<double> get_lr() => _base_lrs.Select(lr => lr * _lr_lambda(_last_epoch));
                }
            }
        }
    }
}
