using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>`Options` in shim.h.</summary>
internal readonly struct TensorOptions
{
    private readonly int _dtype;
    private readonly int _deviceType;
    private readonly int _deviceIndex;
    private readonly int _requiresGrad;

    internal TensorOptions(ScalarType dtype, Device device, bool requiresGrad)
    {
        _dtype = (int)dtype;
        _deviceType = (int)device.type;
        _deviceIndex = device.index;
        _requiresGrad = requiresGrad ? 1 : 0;
    }

    /// <summary>Of a tensor made from nothing: absent means the defaults.</summary>
    internal static TensorOptions New(ScalarType? dtype, Device? device, bool requiresGrad) =>
        new(dtype ?? get_default_dtype(), InitializeDevice(device), requiresGrad);

    /// <summary>Of a tensor made like another: absent means as the other.</summary>
    internal static TensorOptions Like(Tensor other, ScalarType? dtype, Device? device, bool requiresGrad) =>
        new(dtype ?? other.dtype, device ?? other.device, requiresGrad);
}
