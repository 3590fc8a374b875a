using System.Text.Json;

namespace Detector.Worker.Decoding;

// Samples of one value, whose name stands beside it, around it, or in the topic.
internal sealed partial class JsonDecoder
{
    private readonly byte[] _featureName = new byte[NameRule.MaxBytes];
    private int _featureNameLength;
    private bool _hasName;
    private JsonTokenType _valueType;
    private double _value;

    private void SetName(ReadOnlySpan<byte> name)
    {
        name.CopyTo(_featureName);
        _featureNameLength = name.Length;
        _hasName = name.Length > 0;
    }

    /// <summary>Keeps the value until its name is known.</summary>
    private void ReadOneValue(ref Utf8JsonReader reader)
    {
        _valueType = reader.TokenType;
        if (_valueType == JsonTokenType.Number)
            _value = Number(ref reader);
        reader.Skip();
    }

    private void AddOneValue()
    {
        ReadOnlySpan<byte> name = _featureName.AsSpan(0, _featureNameLength);
        switch (_valueType)
        {
            case JsonTokenType.None:
                break;
            case JsonTokenType.Number:
                _sample.Add(name, _value);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _sample.Add(name, _valueType == JsonTokenType.True ? 1 : 0);
                break;
            case JsonTokenType.Null:
                _sample.AddMissing(name);
                break;
            default:
                _sample.AddWrongType(name);
                break;
        }
    }
}
