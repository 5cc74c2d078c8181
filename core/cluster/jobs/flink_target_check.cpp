// Tests the connection to a Flink.
#include <optional>
#include <string_view>

#include "core/base/figures.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink/flink_target.h"
#include "core/cluster/jobs/flink_target_check.h"
#include "core/cluster/json_members.h"
#include "core/cluster/plans/plan_files.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr Millis kCheckConnectWithin = 3'000, kCheckAnswerWithin = 5'000;
constexpr std::string_view kTriedFlink = "2.";

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

}  // namespace

Result<TargetReport> checkFlink(const Target& target, const SecretSource& secrets,
                                const std::atomic<bool>* cancelled) {
    const Result<HttpServer> asked = gatewayOf(target, secrets);
    if (!asked.ok()) return inField("token", asked.status());
    HttpServer server = *asked;
    server.connectWithin = kCheckConnectWithin;
    server.answerWithin = kCheckAnswerWithin;
    server.tries = 2;
    TargetReport report;
    JsonClient gateway(server);
    gateway.cancelWith(cancelled);
    const auto version = timed(report.latency, [&gateway] { return gatewayVersion(gateway); });
    if (!version.ok()) return inField("gateway", version.status());
    // Its token is the same: a person is asked for a keyring once.
    server.address = target.flink.jobManager;
    FlinkRest rest(server);
    rest.http().cancelWith(cancelled);
    const auto overview = timed(report.latency, [&rest] { return rest.overview(); });
    if (!overview.ok()) return inField("job_manager", overview.status());
    // Whether the gateway sees the folder is known only when it has written a plan there.
    const std::string& plans = target.flink.planFolder;
    if (const Status writable = plans.empty() ? Status() : writablePlanFolder(plans); !writable.ok())
        return inField("plan_folder", writable);
    report.version = overview->version;
    report.room = TargetRoom{overview->taskManagers, overview->freeSlots, overview->allSlots};
    report.plans = plans;
    report.title = RW_TEXT("targets", "Flink %1 answers in %2.")
                       .with(report.version, figures::took(static_cast<double>(report.latency) / 1000));
    report.warnings = flinkWarnings(target.flink, *version, *overview);
    return report;
}

}  // namespace rw
