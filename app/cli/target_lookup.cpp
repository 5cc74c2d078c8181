#include "app/cli/target_lookup.h"

#include <algorithm>

#include "app/secrets.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink/flink_target.h"
#include "core/cluster/target_file.h"

namespace rw::cli {

namespace {

bool isNamed(const std::vector<Target>& targets, const std::string& name) {
    return std::any_of(targets.begin(), targets.end(),
                       [&](const Target& target) { return target.name == name; });
}

/// On this computer: it answers at once, or is not there.
HttpServer nearServer(const std::string& address) {
    HttpServer server;
    server.address = address;
    server.connectWithin = 1'000;
    server.answerWithin = 3'000;
    server.tries = 1;
    return server;
}

bool localAnswers() {
    const FlinkAddress place = localFlink().flink;
    return FlinkRest(nearServer(place.jobManager)).overview().ok() &&
           JsonClient(nearServer(place.gateway)).get("/v3/info").ok();
}

}  // namespace

bool localRuns(const std::vector<Target>& targets) {
    return !isNamed(targets, kLocalTarget) && localAnswers();
}

Target localTarget() {
    Target target = localFlink();
    target.name = kLocalTarget;
    return target;
}

SecretSource secretSource() {
    return ui::desktopSecrets();
}

Result<Target> targetToRunOn(const std::string& name) {
    RW_TRY_ASSIGN(const std::vector<Target> targets, readTargets());
    if (name != kLocalTarget || isNamed(targets, name)) return targetNamed(targets, name);
    if (localAnswers()) return localTarget();
    return Status(
        ErrorCode::NotFound,
        RW_TEXT("cli", "There is no target “%1”, and no Flink of app/cluster answers on this computer.")
            .with(name),
        RW_TEXT("cli",
                "Start one with “app/cluster flink up”; “rillwright targets” lists those "
                "that there are."));
}

Result<Target> targetOfRecord(const std::vector<Target>& targets, const std::string& name) {
    if (name == kLocalTarget && !isNamed(targets, name)) return localTarget();
    return targetNamed(targets, name);
}

}  // namespace rw::cli
