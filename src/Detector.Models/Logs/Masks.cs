namespace Detector.Models.Logs;

/// <summary>Kinds of variable parts, beside tokens with a digit in them, which always are.</summary>
[Flags]
public enum Masks
{
    None = 0,

    /// <summary>Dates in words, as in <c>Sat Jul 9 12:16:51 2005</c>.</summary>
    Dates = 1,

    /// <summary>Paths and URLs.</summary>
    Paths = 2,

    /// <summary>Host names, with or without a port.</summary>
    Hosts = 4,

    /// <summary>Sizes and durations with their unit, as in <c>3.2 KB</c>, <c>1190 bytes (1.16 KB)</c> or <c>12 ms</c>.</summary>
    Quantities = 8,

    /// <summary>Hexadecimal words of eight digits or more that happen to have letters only.</summary>
    Hexadecimal = 16,

    /// <summary>The name after <c>for user</c> or <c>invalid user</c>.</summary>
    Users = 32,

    /// <summary>Quoted values, as in <c>tag="View Lock"</c>.</summary>
    QuotedValues = 64,

    /// <summary>Any quoted text.</summary>
    Quoted = 128,

    /// <summary>All but <see cref="Quoted"/>, which would hide what is told apart by nothing else.</summary>
    Default = Dates | Paths | Hosts | Quantities | Hexadecimal | Users | QuotedValues,
}
