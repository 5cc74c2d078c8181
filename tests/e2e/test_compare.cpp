// A person compares the engine here with a Spark: rows that differ are listed, and when both give the same,
// that is said. spark-submit is a script that reads its rows from a file.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "compared",
  "nodes": [
    { "id": "few", "type": "csv_source", "title": "Few", "at": [96, 160],
      "params": { "path": "few.csv", "columns": ["n INT", "word STRING"] } },
    { "id": "shown", "type": "table_view", "title": "Shown", "at": [352, 160] } ],
  "wires": [ { "from": "few", "to": "shown" } ] })json";

constexpr const char* kSubmit =
    "#!/bin/bash\n"
    "echo '{\"event\": \"rows\", \"sink\": \"shown\", \"batch\": 0, \"mode\": \"append\", \"first\": true, "
    "\"rows\": '\"$(cat "
    "\"${0%/*}/rows\")\"'}'\n"
    "echo '{\"event\": \"ended\", \"good\": true}'\n";

void writeTarget(const DesignerFixture& designer) {
    designer.write("spark-submit", kSubmit);
    std::filesystem::permissions(designer.path("spark-submit"), std::filesystem::perms::owner_all);
    std::filesystem::create_directories(designer.path("rillwright"));
    designer.write("rillwright/targets.json",
                   R"({"targets": [{"name": "sparkling", "engine": "spark", "spark": {"submit": ")" +
                       designer.path("spark-submit").string() + R"(", "master": "local[1]"}}]})");
}

void compareNow(DesignerFixture& designer) {
    designer.input.click(designer.screen.await({{"push button", "Compare"}}));
}

}  // namespace

int main() {
    return play("compare", [](DesignerFixture& designer) {
        writeTarget(designer);
        designer.write("few.csv", "n,word\n1,one\n2,two\n");
        designer.write("rows", R"([["1", "one"], ["2", "deux"]])");
        designer.write("compared.rill", kPipeline);
        designer.start("compared.rill");
        runForTheFirstTime(designer);
        awaitRun(designer, "Finished");
        designer.input.press("alt+7");
        compareNow(designer);
        designer.screen.await({{"", "Embedded and sparkling differ at 1 node"}});
        designer.screen.await({{"table", "Rows that differ"}, {"table cell", "deux"}});
        designer.write("rows", R"([["2", "two"], ["1", "one"]])");
        compareNow(designer);
        designer.screen.await({{"", "Embedded and sparkling give the same rows"}});
        designer.screen.awaitGone({{"table", "Rows that differ"}, {"table cell", "deux"}});
        designer.quit();
    });
}
