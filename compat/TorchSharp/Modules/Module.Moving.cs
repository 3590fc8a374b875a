using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves parameters and buffers, also of all modules below. Null leaves dtype or device as they are.</summary>
            internal void Move(ScalarType? dtype, Device? device)
            {
                if (dtype is { } wanted && !is_floating_point(wanted) && !is_complex(wanted))
                    throw new ArgumentException(
                        $"nn.Module.to only accepts floating point or complex types, but got desired dtype={wanted}");
                if (device is not null) InitializeDeviceType(device.type);

                foreach (var (_, child) in named_children()) child.Move(dtype, device);
                foreach (var (name, parameter) in named_parameters(false).ToList())
                {
                    if (Moved(parameter, dtype, device) is not { } moved) continue;
                    parameter.Dispose();
                    ConditionallyRegisterParameter(name, moved);
                    SetField(name, moved);
                }

                foreach (var (name, buffer) in _internal_buffers.ToList().Select(b => (b.Item1, b.Item2.Item1)))
                {
                    var type = dtype is not null && is_floating_point(buffer.dtype) ? dtype.Value : buffer.dtype;
                    if (!buffer.ToWillCopy(type, device ?? buffer.device)) continue;
                    var moved = buffer.to(type, device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                    ConditionallyRegisterBuffer(name, moved);
                    SetField(name, moved);
                }
            }

            private static Parameter? Moved(Parameter parameter, ScalarType? dtype, Device? device)
            {
                var (type, place) = (dtype ?? parameter.dtype, device ?? parameter.device);
                if (!parameter.ToWillCopy(type, place)) return null;
                using var _ = no_grad();
                using var grad = parameter.grad;
                var moved = new Parameter(parameter.to(type, place), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                if (grad is null) return moved;
                using var movedGrad = grad.to(type, place);
                moved.grad = movedGrad;
                return moved;
            }

            private void SetField(string name, Tensor value)
            {
                var field = Fields(GetType()).FirstOrDefault(f => ComponentName(f) == name && f.FieldType.IsInstanceOfType(value));
                field?.SetValue(this, value);
            }
        }
    }
}
