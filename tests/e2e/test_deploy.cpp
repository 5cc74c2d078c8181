// A user deploys to a Flink: rows that Flink would misread are reported and nothing is sent; mended, the
// pipeline runs there and is cancelled. The Flink is that of tests/support.
#include "tests/support/fake_flink.h"  // before the macros of X11, which are names of ours

#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;
using rw::test::FakeFlink;

namespace {

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "deployed",
  "nodes": [
    { "id": "few", "type": "csv_source", "title": "Few", "at": [96, 160],
      "params": { "path": "few.csv", "columns": ["n INT", "word STRING"] } },
    { "id": "large", "type": "filter", "title": "Large", "at": [352, 160], "params": { "condition": "n > 1" } },
    { "id": "out", "type": "csv_sink", "title": "Out", "at": [608, 160], "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "few", "to": "large" }, { "from": "large", "to": "out" } ] })json";

void writeTarget(const DesignerFixture& designer, const FakeFlink& flink) {
    const rw::Target target = flink.target();
    std::filesystem::create_directories(designer.path("rillwright"));
    designer.write("rillwright/targets.json",
                   R"({"targets": [{"name": "fake", "engine": "flink", "flink": {"gateway": ")" +
                       target.flink.gateway + R"(", "job_manager": ")" + target.flink.jobManager +
                       R"("}}]})");
}

/// As a user who knows its name.
void chooseEngine(DesignerFixture& designer, const std::string& name) {
    designer.input.click(designer.screen.await({{"tool bar", ""}, {"combo box", "Embedded"}}));
    designer.input.type(name);
    designer.input.press("Return");
    designer.screen.await({{"tool bar", ""}, {"push button", "Deploy"}});
}

/// It is the last entry of the menu.
void cancelJob(DesignerFixture& designer) {
    clickMainToolBar(designer, "Stop…");
    const Element menu = designer.screen.awaitMenu();
    designer.input.click(menu.middleX(), menu.y + menu.height * 7 / 8);
    designer.input.click(designer.screen.await({{"push button", "Cancel the job"}}));
}

}  // namespace

int main() {
    return play("deploy", [](DesignerFixture& designer) {
        const FakeFlink flink;
        writeTarget(designer, flink);
        designer.write("few.csv", "n,word\n1,one\n2\n3,three\n");
        designer.write("deployed.rill", kPipeline);
        designer.start("deployed.rill");
        chooseEngine(designer, "fake");
        clickMainToolBar(designer, "Deploy");
        designer.input.click(
            designer.screen.await({{"dialog", "Before the deployment"}, {"push button", "Deploy"}}));
        designer.screen.await({{"", "Flink can't read row 2 of"}});
        check(flink.started(FakeFlink::Sort::Insert) == 0, "A job was started that would fail for ever");
        designer.write("few.csv", "n,word\n1,one\n2,two\n3,three\n");
        clickMainToolBar(designer, "Deploy");
        awaitRun(designer, "Running on fake");
        const std::vector<std::string> sent = flink.bodies("/statements");
        check(sent.size() > 2, "Nothing was sent to the gateway");
        cancelJob(designer);
        awaitRun(designer, "Cancelled");
        check(flink.running(FakeFlink::Sort::Insert) == 0, "The job runs on");
        designer.quit();
    });
}
