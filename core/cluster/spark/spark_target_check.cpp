// Tests the connection to a Spark.
#include <string>
#include <string_view>
#include <vector>

#include "core/cluster/child_environment.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "core/cluster/spark/spark_target.h"
#include "core/cluster/spark/spark_target_check.h"
#include "core/process/program_output.h"

namespace rw {

namespace {

constexpr Millis kSubmitWithin = 30'000;
constexpr std::string_view kTriedSpark = "4.";

/// The number behind the first “version ” of a line: “4.3.0”; empty: there is none.
std::string versionIn(std::string_view line) {
    constexpr std::string_view kWord = "version ";
    constexpr std::string_view kNumber = "0123456789.";
    const std::size_t at = line.find(kWord);
    if (at == std::string_view::npos) return {};
    line.remove_prefix(at + kWord.size());
    std::string number(line.substr(0, line.find_first_not_of(kNumber)));
    while (number.ends_with('.')) number.pop_back();
    return number.find('.') == std::string::npos ? std::string() : number;
}

std::vector<std::string_view> linesSaid(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// The version stands in the last line of Spark's letters made of strokes; Java and Scala name theirs, too.
std::string sparkVersion(std::string_view said) {
    const std::vector<std::string_view> lines = linesSaid(said);
    for (const bool drawn : {true, false}) {
        for (const std::string_view line : lines) {
            if (drawn != (line.find("/_/") != std::string_view::npos)) continue;
            if (line.find("Scala version") != std::string_view::npos) continue;
            const std::string version = versionIn(line);
            if (!version.empty()) return version;
        }
    }
    return {};
}

/// The last line that says something.
std::string lastWords(std::string_view said) {
    constexpr std::size_t kMost = 200;
    std::string words;
    for (std::string_view line : linesSaid(said)) {
        while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
        if (!line.empty()) words = line.substr(0, kMost);
    }
    return words;
}

}  // namespace

Result<TargetReport> checkSpark(const Target& target, const std::atomic<bool>* cancelled) {
    const SparkAddress& place = target.spark;
    TargetReport report;
    const auto said = timed(report.latency, [&place, cancelled] {
        return runProgram({{place.submit, "--version"}, childEnvironment()}, kSubmitWithin, cancelled);
    });
    if (!said.ok()) return inField("submit", said.status());
    report.version = sparkVersion(said->text);
    if (report.version.empty() || said->status != 0) {
        const std::string words = lastWords(said->text);
        const Text message =
            words.empty()
                ? RW_TEXT("cluster", "“%1 --version” says nothing of a Spark.").with(place.submit)
                : RW_TEXT("cluster", "“%1 --version” says nothing of a Spark: %2").with(place.submit, words);
        return inField(
            "submit",
            Status(ErrorCode::Io, message,
                   RW_TEXT("cluster", "See whether it is a spark-submit, and whether Java 17 is there.")));
    }
    report.title = RW_TEXT("targets", "Spark %1 is there.").with(report.version);
    if (!report.version.starts_with(kTriedSpark))
        report.warnings.push_back(
            RW_TEXT("cluster",
                    "Spark %1 was never tried; programs are made for Spark 4.3. Look at the first results.")
                .with(report.version));
    if (!runsHere(place)) {
        report.warnings.push_back(
            RW_TEXT("cluster",
                    "Whether the master %1 answers shows when a pipeline is checked or runs there.")
                .with(place.master));
        if (target.folder.empty())
            report.warnings.push_back(
                RW_TEXT("cluster",
                        "Its workers must see the files of this computer under the same paths, as "
                        "checkpoints in %1. Else give the folder of the data.")
                    .with(sparkRunsFolder(deploymentsPath())));
    }
    return report;
}

}  // namespace rw
