// Dates and times to and from text in Spark SQL.
#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

/// A pattern of dates for Spark, and its differences there.
struct SparkDatePattern {
    std::string text{};
    bool names = false;        ///< E or Q: Spark writes them but does not read them
    bool words = false;        ///< names of months, AM: read in any case of letters
    std::size_t fraction = 0;  ///< how many S
    bool signs = false;        ///< a year of four letters: Spark writes a longer one with a plus sign
    bool longYear = false;     ///< more letters than Spark takes
};

SparkDatePattern sparkDatePattern(std::string_view pattern) {
    SparkDatePattern out;
    bool quoted = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        char c = pattern[at];
        if (c == '\'') quoted = !quoted;
        if (!quoted) {
            const std::size_t width = std::min(pattern.find_first_not_of(c, at), pattern.size()) - at;
            if (c == 'u') c = 'y';  // the same for the years from 1 on
            constexpr std::size_t kMostYearDigits = 6;
            out.signs = out.signs || (c == 'y' && width > 3);
            out.longYear = out.longYear || (c == 'y' && width > kMostYearDigits);
            out.names = out.names || c == 'E' || c == 'Q';
            out.words = out.words || c == 'a' || ((c == 'M' || c == 'L') && width > 2);
            if (c == 'S') out.fraction = std::max(out.fraction, width);
        }
        out.text += c;
    }
    return out;
}

/// Argument 1 for Spark; a pattern that is not a literal is left unchanged.
SparkDatePattern datePatternOf(const CallForm& call) {
    const auto* const pattern = sparkBuiltIn<std::string>(call, 1);
    if (pattern == nullptr) {
        if (call.part().canFail) call.findFailing();
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "patterns mean the same to Spark"));
        return {call.text(1)};
    }
    SparkDatePattern out = sparkDatePattern(*pattern);
    if (out.longYear) {
        call.find(Verdict::Refused, RW_TEXT("deploy", "Spark knows years of 6 digits at most."), {},
                  RW_TEXT("deploy", "Write yyyy."));
    }
    out.text = sparkText(out.text);
    return out;
}

Written writeSparkDateFormat(CallForm& call) {
    const SparkDatePattern pattern = datePatternOf(call);
    if (pattern.signs) call.find(Verdict::Exact, {}, RW_TEXT("deploy", "years have four digits"));
    return sparkCall("DATE_FORMAT", {call.text(0), pattern.text});
}

/// The TIMESTAMP that a text says by the pattern beside it; NULL where it says none.
Written readByPattern(const CallForm& call) {
    const SparkDatePattern pattern = datePatternOf(call);
    if (pattern.names) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy", "Spark reads no names of days and no quarters from texts."), {},
                  RW_TEXT("deploy", "Cut them off before, and write the pattern without them."));
    }
    if (pattern.words || pattern.fraction > 0) {
        call.find(Verdict::Exact, {},
                  RW_TEXT("deploy",
                          "texts have the small and capital letters and the digits that the pattern says"));
    }
    Written time = sparkCall("TRY_TO_TIMESTAMP", {call.text(0), pattern.text});
    return pattern.fraction > 3 ? sparkCall("DATE_TRUNC", {"'MILLISECOND'", time.text}) : time;
}

Written writeSparkToTimestamp(CallForm& call) {
    if (call.count() > 1) return readByPattern(call);
    return sparkCast(call.written(0), Type::of(TypeId::String), Type::of(TypeId::Timestamp), true);
}

Written writeSparkToDate(CallForm& call) {
    if (call.count() > 1) return {fmt::format("CAST({} AS DATE)", readByPattern(call).text)};
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "years have four digits"));
    return sparkCast(call.written(0), Type::of(TypeId::String), Type::of(TypeId::Date), true);
}

Written writeSparkUnixTimestamp(CallForm& call) {
    if (call.count() == 0) {
        call.find(Verdict::Approximated,
                  RW_TEXT("deploy",
                          "In Spark it is the start of each batch of rows; here it is the start of the run."),
                  {}, RW_TEXT("deploy", "Give the time as a variable of the pipeline."));
        return {"UNIX_TIMESTAMP()"};
    }
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the pipeline's time zone is UTC"));
    if (call.count() > 1) {
        // Towards zero, as here; UNIX_SECONDS goes down.
        return {fmt::format("UNIX_MILLIS({}) DIV 1000", readByPattern(call).text), Binding::Multiply};
    }
    const Written trimmed{fmt::format("TRIM(BOTH {} FROM {})", sparkText(" \t\n\r"), call.text(0))};
    const Written time = sparkCast(trimmed, Type::of(TypeId::String), Type::of(TypeId::Timestamp), true);
    return sparkCall("UNIX_SECONDS", {time.text});
}

}  // namespace

void addSparkTimeTexts(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "DATE_FORMAT", .write = writeSparkDateFormat});
    forms.push_back({.name = "TO_TIMESTAMP", .write = writeSparkToTimestamp});
    forms.push_back({.name = "TO_DATE", .write = writeSparkToDate});
    forms.push_back({.name = "UNIX_TIMESTAMP", .write = writeSparkUnixTimestamp});
}

}  // namespace rw
