#include "core/cluster/targets/target_check.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/cluster/child_environment.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/jobs/deployment_store.h"
#include "core/cluster/json_members.h"
#include "core/cluster/plans/plan_files.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "core/net/http_error.h"
#include "core/process/program_output.h"

namespace rw {

namespace {

constexpr Millis kCheckConnectWithin = 3'000, kCheckAnswerWithin = 5'000;
constexpr Millis kSubmitWithin = 30'000;
constexpr std::string_view kTriedFlink = "2.", kTriedSpark = "4.";

Status ofServer(const char* param, const Status& status) {
    Error error = status.error();
    error.param = param;
    return Status(std::move(error));
}

/// How long one request takes, and what it brings.
template <class Ask>
auto timed(Millis& latency, Ask ask) {
    const auto clock = systemClock();
    const std::int64_t began = clock->steadyMillis();
    auto result = ask();
    latency = std::max(latency, clock->steadyMillis() - began);
    return result;
}

Result<std::string> gatewayVersion(JsonClient& http) {
    RW_TRY_ASSIGN(const Json answer, http.get("/v3/info"));
    std::string version = textIn(answer, "version");
    if (version.empty()) return lacking(http.server(), "version");
    return version;
}

std::vector<Text> flinkWarnings(const FlinkAddress& place, const std::string& gateway,
                                const FlinkOverview& overview) {
    std::vector<Text> warnings;
    if (overview.taskManagers == 0) {
        warnings.push_back(RW_TEXT(
            "cluster", "It has no TaskManager, so nothing can run. Start one: taskmanager.sh start."));
    } else if (overview.freeSlots == 0) {
        warnings.push_back(RW_TEXT("cluster",
                                   "All of its %1 slots are taken: a job would wait. End one that is not "
                                   "needed, or add a TaskManager.")
                               .with(overview.allSlots));
    }
    if (gateway != overview.version)
        warnings.push_back(RW_TEXT("cluster",
                                   "The SQL gateway is of Flink %1, the JobManager of Flink %2. See whether "
                                   "both addresses are of one cluster.")
                               .with(gateway, overview.version));
    if (!overview.version.starts_with(kTriedFlink))
        warnings.push_back(RW_TEXT("cluster",
                                   "Flink %1 was never tried; what is sent was made for Flink 2.3. Look at "
                                   "the first results.")
                               .with(overview.version));
    for (const std::string& address : {place.gateway, place.jobManager}) {
        if (address.starts_with("https://") || isLoopback(address)) continue;
        warnings.push_back(RW_TEXT("cluster",
                                   "What goes to %1 can be read on its way. Use an address with https:// "
                                   "where the network is not yours alone.")
                               .with(address));
        break;
    }
    return warnings;
}

Result<TargetReport> checkFlink(const Target& target, const SecretSource& secrets,
                                const std::atomic<bool>* cancelled) {
    const Result<HttpServer> asked = gatewayOf(target, secrets);
    if (!asked.ok()) return ofServer("token", asked.status());
    HttpServer server = *asked;
    server.connectWithin = kCheckConnectWithin;
    server.answerWithin = kCheckAnswerWithin;
    server.tries = 2;
    TargetReport report;
    JsonClient gateway(server);
    gateway.cancelWith(cancelled);
    const auto version = timed(report.latency, [&gateway] { return gatewayVersion(gateway); });
    if (!version.ok()) return ofServer("gateway", version.status());
    // Its token is the same: a person is asked for a keyring once.
    server.address = target.flink.jobManager;
    FlinkRest rest(server);
    rest.http().cancelWith(cancelled);
    const auto overview = timed(report.latency, [&rest] { return rest.overview(); });
    if (!overview.ok()) return ofServer("job_manager", overview.status());
    // What the gateway sees of the folder is known only when it has written a plan there.
    const std::string& plans = target.flink.planFolder;
    if (const Status writable = plans.empty() ? Status() : writablePlanFolder(plans); !writable.ok())
        return ofServer("plan_folder", writable);
    report.version = overview->version;
    report.taskManagers = overview->taskManagers;
    report.freeSlots = overview->freeSlots;
    report.allSlots = overview->allSlots;
    report.warnings = flinkWarnings(target.flink, *version, *overview);
    return report;
}

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

Result<TargetReport> checkSpark(const Target& target, const std::atomic<bool>* cancelled) {
    const SparkAddress& place = target.spark;
    TargetReport report;
    const auto said = timed(report.latency, [&place, cancelled] {
        return runProgram({{place.submit, "--version"}, childEnvironment()}, kSubmitWithin, cancelled);
    });
    if (!said.ok()) return ofServer("submit", said.status());
    report.version = sparkVersion(said->text);
    if (report.version.empty() || said->status != 0) {
        const std::string words = lastWords(said->text);
        const Text message =
            words.empty()
                ? RW_TEXT("cluster", "“%1 --version” says nothing of a Spark.").with(place.submit)
                : RW_TEXT("cluster", "“%1 --version” says nothing of a Spark: %2").with(place.submit, words);
        return ofServer(
            "submit",
            Status(ErrorCode::Io, message,
                   RW_TEXT("cluster", "See whether it is a spark-submit, and whether Java 17 is there.")));
    }
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

}  // namespace

Result<TargetReport> checkTarget(const Target& target, const SecretSource& secrets,
                                 const std::atomic<bool>* cancelled) {
    RW_TRY(usableTarget(target));
    return target.engine == Engine::Flink ? checkFlink(target, secrets, cancelled)
                                          : checkSpark(target, cancelled);
}

}  // namespace rw
