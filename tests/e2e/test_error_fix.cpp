// A mistake and its ways out: a run that is refused, a fix clicked in Problems, another one under the field,
// and then the run works.
#include <algorithm>

#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "orders.rill";

constexpr const char* kPipeline = R"({ "rill": 1, "name": "orders",
  "nodes": [
    { "id": "orders", "type": "rows", "title": "Orders", "at": [96, 160],
      "params": { "columns": ["item STRING", "price INT"],
                  "rows": [["ball", 5], ["boat", 90], ["book", 12]] } },
    { "id": "dear", "type": "filter", "title": "Dear ones", "at": [352, 160],
      "params": { "condition": "price > 10" } },
    { "id": "kept", "type": "sqlite_sink", "title": "Kept", "at": [608, 160],
      "params": { "database": "kept.sqlite", "table": "dear" } } ],
  "wires": [ { "from": "orders", "to": "dear" }, { "from": "dear", "to": "kept" } ] })";

const Way kCondition = field("Condition", "text");
constexpr const char* kFix = "Replace with “price”";

/// Types a condition over a column that is not there.
void mistype(Desk& desk, const std::string& condition) {
    select(desk, "Dear ones");
    fill(desk, kCondition, condition);
    desk.eyes.await({{"tool bar", ""}, {"", "1 problem"}});
}

void awaitNoProblem(const Desk& desk) {
    desk.eyes.awaitGone({{"table", "Problems"}});
    desk.eyes.await({{"", "No problems"}});
}

void aRunIsRefused(Desk& desk) {
    mistype(desk, "prise > 10");
    desk.hands.press("ctrl+r");
    desk.eyes.await({{"table", "Problems"}, {"table cell", "Dear ones"}});
    desk.eyes.await({{"tool bar", ""}, {"", "1 problem"}});
    check(!std::filesystem::exists(desk.path("kept.sqlite")), "It runs with a mistake in it");
}

void theFixInProblems(Desk& desk) {
    Thing button = desk.eyes.await({{"table", "Problems"}, {"table cell", kFix}});
    button.width = std::min(button.width, 80);  // it need not fill its cell
    desk.hands.click(button);
    awaitNoProblem(desk);
    save(desk, kFile);
    check(desk.contents(kFile).find("\"price > 10\"") != std::string::npos,
          "The fix in Problems has not mended it:\n" + desk.contents(kFile));
}

void theFixUnderTheField(Desk& desk) {
    mistype(desk, "pric > 10");
    desk.hands.click(desk.reach({{"push button", kFix}}));
    awaitNoProblem(desk);
}

void theRunWorks(Desk& desk) {
    runForTheFirstTime(desk);
    awaitRun(desk, "Finished");
    const auto rows = desk.query("kept.sqlite", "SELECT item, price FROM dear ORDER BY price");
    check(rows == std::vector<std::string>{"book|12", "boat|90"},
          "The table has " + std::to_string(rows.size()) + " rows, not the two dear ones");
}

}  // namespace

int main() {
    return play("error_fix", [](Desk& desk) {
        desk.write(kFile, kPipeline);
        desk.start(kFile);
        aRunIsRefused(desk);
        theFixInProblems(desk);
        theFixUnderTheField(desk);
        theRunWorks(desk);
        save(desk, kFile);
        desk.quit();
    });
}
