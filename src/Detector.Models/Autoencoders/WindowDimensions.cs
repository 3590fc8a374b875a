namespace Detector.Models.Autoencoders;

/// <summary>Shape of one window.</summary>
/// <param name="Rows">T, rows of the time grid, oldest first.</param>
/// <param name="Features">F, features of the series.</param>
public readonly record struct WindowDimensions(int Rows, int Features)
{
    /// <summary>T × F, values of a window laid out row by row.</summary>
    public int Size => Rows * Features;
}
