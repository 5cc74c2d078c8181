// A node whose parameter names a connection, in runs: it gets fields and secrets by the name, and what kind
// of error it meets decides whether the run is tried again.
#include <functional>

#include "core/connect/connections/connections.h"
#include "core/views/table_view.h"
#include "tests/support/connected_node.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& greeted() {
    static const Catalogue kAll = withGreetedNode(builtin());
    return kAll;
}

GreetingService& service() {
    return GreetingService::instance();
}

Connection shop(const char* address) {
    Connection made{"shop", "greeter", {{"address", address}}, {}};
    made.secrets["password"] = {SecretRef::Kind::Keyring, "shop"};
    return made;
}

Result<Secret> rightPassword(const SecretRef&) {
    return Secret(GreetingService::kPassword);
}

struct Ended {
    Status status{};
    std::vector<std::string> rows{};
    int restarts = 0;
};

std::optional<ErrorCode> codeOf(const Ended& ended) {
    return ended.status.ok() ? std::nullopt : std::optional(ended.status.error().code);
}

/// A run that may be tried three times, with these connections.
Ended ran(std::shared_ptr<const Connections> connections, std::function<bool()> isCancelled = {}) {
    Pipeline pipeline;
    pipeline.nodes = {node("in", "greeted", {{"connection", "shop"}}), node("result", "table_view")};
    pipeline.wires = {wire("in", "result")};
    PlanOptions planning;
    if (connections) planning.validate.connections = connections->known();
    const Planned planned = makePlan(pipeline, greeted(), planning);
    expect(planned.plan != nullptr, "it is planned");
    if (!planned.plan) return {};
    RunOptions options;
    options.connections = std::move(connections);
    options.restart = *parseRestart("fixed:10ms:3");
    options.isCancelled = std::move(isCancelled);
    auto run = Run::start(planned.plan, options);
    if (!run.ok()) return {run.status(), {}, 0};
    (*run)->wait();
    Ended ended{(*run)->status(), {}, static_cast<int>((*run)->metrics().restart.restarts)};
    const auto view = std::dynamic_pointer_cast<const TableView>((*run)->view("result"));
    if (!view) return ended;
    for (const TableRowRef& row : view->snapshot().rows)
        ended.rows.push_back(std::get<std::string>(row->front()));
    return ended;
}

Ended ranWith(const char* address, SecretSource secrets) {
    service().clear();
    return ran(
        std::make_shared<const Connections>(std::vector<Connection>{shop(address)}, std::move(secrets)));
}

void itIsFoundByItsName() {
    const Ended ended = ranWith("broker:9092", rightPassword);
    expect(ended.status.ok(), "a run with its connection ends well");
    expect(ended.rows == std::vector<std::string>(3, "broker:9092"), "its rows have the address");
}

void timeMendsWhatIsTransient() {
    service().clear();
    service().busy = 2;
    const Ended ended =
        ran(std::make_shared<const Connections>(std::vector<Connection>{shop("a")}, rightPassword));
    expect(ended.status.ok(), "a busy service is tried again");
    expect(ended.restarts == 2, "as often as it was busy");
    expect(ended.rows.size() == 3, "and has each row once");
}

/// A start that is not wanted any more is no failure of its own.
void aNextTryMayBeGivenUp() {
    service().clear();
    service().busy = 1;
    const Ended ended =
        ran(std::make_shared<const Connections>(std::vector<Connection>{shop("a")}, rightPassword),
            [] { return service().asked > 0; });
    expect(!ended.status.ok() && english(ended.status.error()).find("busy") != std::string::npos &&
               english(ended.status.error()).find("can't go on") == std::string::npos,
           "a run that is given up between two tries ends with what made it fail");
    expect(service().asked == 1 && ended.rows.empty(), "and is not tried again");
}

void nobodyTriesAgainWhatIsPermanent() {
    const Ended ended = ranWith("closed", rightPassword);
    expect(codeOf(ended) == ErrorCode::Refused, "what the service refused is the end");
    expect(service().asked == 1 && ended.restarts == 0, "and it was asked once");
}

void nobodyTriesAgainWhoIsDenied() {
    const Ended wrong = ranWith("a", [](const SecretRef&) { return Secret("guess"); });
    expect(codeOf(wrong) == ErrorCode::Denied, "a wrong password is the end");
    expect(service().asked == 1, "which nobody tries twice");
    const Ended locked = ranWith("a", [](const SecretRef&) -> Result<Secret> {
        return Status(ErrorCode::NotFound, RW_TEXT("test", "There is no such entry."));
    });
    expect(codeOf(locked) == ErrorCode::Denied, "so is one that is not there");
    expect(!locked.status.ok() && locked.status.error().node == "in", "the node is named");
    expect(service().asked == 0 && locked.restarts == 0, "and the service is not asked without it");
}

void whoSaysNoIsNotAskedAgain() {
    std::atomic<int> asked{0};
    const Ended ended = ranWith("a", [&asked](const SecretRef&) -> Result<Secret> {
        ++asked;
        return Status(ErrorCode::Cancelled, RW_TEXT("test", "The person said no."));
    });
    expect(codeOf(ended) == ErrorCode::Cancelled, "a person who says no ends the run");
    expect(asked == 1, "and is asked once");
}

void aRunThatKnowsNoneDoesNotStart() {
    service().clear();
    const Ended ended = ran(nullptr);
    expect(codeOf(ended) == ErrorCode::Invalid, "a run that knows no connections does not start");
    expect(
        !ended.status.ok() && english(ended.status.error()).find("“shop” is not known") != std::string::npos,
        "and says which one it lacks");
    expect(service().asked == 0, "nobody was asked");
}

}  // namespace

int main() {
    itIsFoundByItsName();
    timeMendsWhatIsTransient();
    aNextTryMayBeGivenUp();
    nobodyTriesAgainWhatIsPermanent();
    nobodyTriesAgainWhoIsDenied();
    whoSaysNoIsNotAskedAgain();
    aRunThatKnowsNoneDoesNotStart();
    return summary();
}
