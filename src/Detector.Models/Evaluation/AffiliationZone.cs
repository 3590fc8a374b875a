namespace Detector.Models.Evaluation;

/// <summary>The stretch of time that belongs to one event. Every integrand is linear between known points, so trapezoids between them are exact.</summary>
internal sealed class AffiliationZone(Interval zone, Interval truth)
{
    /// <summary>Mean over the detected time of the probability that a random time of the zone lies further from the event.</summary>
    /// <param name="detections">Disjoint, in order, inside the zone, at least one.</param>
    public double Precision(IReadOnlyList<Interval> detections)
    {
        double left = truth.Start - zone.Start;
        double right = zone.End - truth.End;
        double sum = 0;
        foreach (Interval detection in detections)
        {
            sum += Math.Max(0, detection.Within(truth.Start, truth.End).Length);
            sum += Integrate(detection.Within(zone.Start, truth.Start), Further, truth.Start - right);
            sum += Integrate(detection.Within(truth.End, zone.End), Further, truth.End + left);
        }

        return sum / detections.Sum(detection => detection.Length);

        double Further(double time)
        {
            double distance = Math.Max(truth.Start - time, time - truth.End);
            return 1 - ((truth.Length + Math.Min(distance, left) + Math.Min(distance, right)) / zone.Length);
        }
    }

    /// <summary>Mean over the event's time of the probability that a random time of the zone lies further away than the nearest detection.</summary>
    /// <inheritdoc cref="Precision" path="/param"/>
    public double Recall(IReadOnlyList<Interval> detections)
    {
        double sum = 0;
        for (int d = 0; d < detections.Count; d++)
        {
            Interval detection = detections[d];
            double from = d == 0 ? zone.Start : (detections[d - 1].End + detection.Start) / 2;
            double to = d + 1 == detections.Count ? zone.End : (detection.End + detections[d + 1].Start) / 2;
            sum += Math.Max(0, truth.Within(detection.Start, detection.End).Length);
            sum += Missed(truth.Within(from, detection.Start), detection.Start);
            sum += Missed(truth.Within(detection.End, to), detection.End);
        }

        return sum / truth.Length;

        double Missed(Interval part, double pivot) => Integrate(
            part,
            time =>
            {
                double distance = Math.Abs(time - pivot);
                return 1 - ((Math.Min(distance, time - zone.Start) + Math.Min(distance, zone.End - time)) / zone.Length);
            },
            (pivot + zone.Start) / 2,
            (pivot + zone.End) / 2);
    }

    /// <summary>Integral of a function that is linear between the ends and the bends; 0 over an empty interval.</summary>
    private static double Integrate(Interval over, Func<double, double> function, params ReadOnlySpan<double> bends)
    {
        if (over.Length <= 0)
            return 0;
        double sum = 0, from = over.Start;
        foreach (double bend in bends) // ascending
        {
            double to = Math.Clamp(bend, from, over.End);
            sum += (to - from) * (function(from) + function(to)) / 2;
            from = to;
        }

        return sum + ((over.End - from) * (function(from) + function(over.End)) / 2);
    }
}
