namespace Detector.Models.Artifacts;

/// <summary>Element types that artifacts hold, by their safetensors names.</summary>
public enum TensorType
{
    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>64-bit float.</summary>
    F64,

    /// <summary>64-bit signed integer.</summary>
    I64,
}
