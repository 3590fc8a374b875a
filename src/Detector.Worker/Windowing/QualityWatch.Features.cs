using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

internal sealed partial class QualityWatch
{
    /// <summary>Goes on with the features of another model. What was wrong with one that it does not know is over: nobody waits for it any more.</summary>
    /// <param name="limits">Of that model.</param>
    /// <param name="features">Names, in the order of its rows.</param>
    public QualityWatch On(QualityLimits limits, IReadOnlyList<string> features, IQualitySignals signals)
    {
        var next = new QualityWatch(limits, features) { _newestTicks = _newestTicks, IsSilent = IsSilent };
        int[] places = FeaturePlaces.Find(features, _names);
        for (int f = 0; f < places.Length; f++)
        {
            bool isKnown = places[f] >= 0;
            next._values[f] = isKnown ? _values[places[f]] : double.NaN;
            next._runStarts[f] = isKnown ? _runStarts[places[f]] : _newestTicks;
            next._lastSeen[f] = isKnown ? _lastSeen[places[f]] : _newestTicks;
            next._wrongTypes[f] = isKnown ? _wrongTypes[places[f]] : 0;
            next._faults[f] = isKnown ? _faults[places[f]] : Fault.None;
        }

        for (int i = 0; i < _faults.Length; i++)
        {
            if (_faults[i] != Fault.None && !places.Contains(i))
                End(i, _newestTicks, signals);
        }

        next._newFeatures.AddRange(_newFeatures.Where(name => !features.Contains(Encoding.UTF8.GetString(name))));
        return next;
    }
}
