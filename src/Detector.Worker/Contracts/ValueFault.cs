namespace Detector.Worker.Contracts;

/// <summary>Why one value of an accepted sample was treated as missing.</summary>
public enum ValueFault
{
    /// <summary>NaN, infinite, or beyond the range of a 32-bit float (3.4e38).</summary>
    NotFinite,

    /// <summary>Text, an array or an object where a number was expected.</summary>
    WrongType,

    /// <summary>A feature the trained model does not know.</summary>
    UnknownFeature,
}
