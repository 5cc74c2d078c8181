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

const ElementPath kCondition = field("Condition", "text");
constexpr const char* kFix = "Replace with “price”";

/// Types a condition over a column that is not there.
void mistype(DesignerFixture& designer, const std::string& condition) {
    select(designer, "Dear ones");
    fill(designer, kCondition, condition);
    designer.screen.await({{"tool bar", ""}, {"", "1 problem"}});
}

void awaitNoProblem(const DesignerFixture& designer) {
    designer.screen.awaitGone({{"table", "Problems"}});
    designer.screen.await({{"", "No problems"}});
}

void aRunIsRefused(DesignerFixture& designer) {
    mistype(designer, "prise > 10");
    designer.input.press("ctrl+r");
    designer.screen.await({{"table", "Problems"}, {"table cell", "Dear ones"}});
    designer.screen.await({{"tool bar", ""}, {"", "1 problem"}});
    check(!std::filesystem::exists(designer.path("kept.sqlite")), "It runs with a mistake in it");
}

void theFixInProblems(DesignerFixture& designer) {
    Element button = designer.screen.await({{"table", "Problems"}, {"table cell", kFix}});
    button.width = std::min(button.width, 80);  // it need not fill its cell
    designer.input.click(button);
    awaitNoProblem(designer);
    save(designer, kFile);
    check(designer.contents(kFile).find("\"price > 10\"") != std::string::npos,
          "The fix in Problems has not fixed it:\n" + designer.contents(kFile));
}

void theFixUnderTheField(DesignerFixture& designer) {
    mistype(designer, "pric > 10");
    designer.input.click(designer.reach({{"push button", kFix}}));
    awaitNoProblem(designer);
}

void theRunWorks(DesignerFixture& designer) {
    runForTheFirstTime(designer);
    awaitRun(designer, "Finished");
    const auto rows = designer.query("kept.sqlite", "SELECT item, price FROM dear ORDER BY price");
    check(rows == std::vector<std::string>{"book|12", "boat|90"},
          "The table has " + std::to_string(rows.size()) + " rows, not the two dear ones");
}

}  // namespace

int main() {
    return play("error_fix", [](DesignerFixture& designer) {
        designer.write(kFile, kPipeline);
        designer.start(kFile);
        aRunIsRefused(designer);
        theFixInProblems(designer);
        theFixUnderTheField(designer);
        theRunWorks(designer);
        save(designer, kFile);
        designer.quit();
    });
}
