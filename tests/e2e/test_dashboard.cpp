// A person at the dashboard: cards are dragged by their heads and sized by their corners, which the file
// keeps; Freeze holds the pictures while data go on; and a picture is exported.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "board.rill";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "board",
  "nodes": [
    { "id": "rows", "type": "csv_source", "title": "Rows", "at": [96, 160],
      "params": { "path": "in.csv", "columns": ["k STRING", "v BIGINT", "ts TIMESTAMP(3)"],
                  "event_time": "ts", "rate": 1000 } },
    { "id": "sums", "type": "window_aggregate", "title": "Sums", "at": [352, 160],
      "params": { "window": "tumble", "size": "2s", "keys": ["k"], "aggregates": ["SUM(v) AS total"] } },
    { "id": "line", "type": "line_chart", "title": "Totals", "at": [640, 96],
      "params": { "y": ["total"], "series": "k" } },
    { "id": "bars", "type": "bar_chart", "title": "Latest", "at": [640, 320],
      "params": { "category": "k", "value": "total" } } ],
  "wires": [ { "from": "rows", "to": "sums" }, { "from": "sums", "to": "line" },
             { "from": "sums", "to": "bars" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [6, 4] },
                            { "node": "bars", "at": [6, 0], "size": [6, 4] } ] } })json";

/// The title on the head of a card.
ElementPath title(const std::string& name) {
    return {{"frame", kFile}, {"label", name}};
}

Element card(const DesignerFixture& designer, const std::string& name) {
    return designer.screen.around(title(name), "frame");
}

/// On the grid, as the file has it when it is saved.
void checkPlace(DesignerFixture& designer, const std::string& node, const std::string& at,
                const std::string& size) {
    const std::string place = R"({ "node": ")" + node + R"(", "at": )" + at + R"(, "size": )" + size + " }";
    check(designer.contents(kFile).find(place) != std::string::npos,
          "The file does not say " + place + ":\n" + designer.contents(kFile));
}

/// By so many columns and rows of the grid, from a place in the card of six columns and four rows.
void drag(DesignerFixture& designer, const Element& from, const Element& card, int columns, int rows) {
    designer.input.drag(from, from.middleX() + columns * card.width / 6,
                        from.middleY() + rows * card.height / 4);
}

void cardsAreMoved(DesignerFixture& designer) {
    const Element before = card(designer, "Latest"), line = card(designer, "Totals");
    drag(designer, designer.screen.await(title("Latest")), before, -6,
         0);  // onto the other, which gives way downwards
    designer.screen.await({{"tool bar", ""}, {"", "Undo Move card"}});
    check(card(designer, "Latest").x == line.x, "The card has not come along");
    save(designer, kFile);
    checkPlace(designer, "bars", "[0, 0]", "[6, 4]");
    checkPlace(designer, "line", "[0, 4]", "[6, 4]");
}

void cardsAreSized(DesignerFixture& designer) {
    const Element before = card(designer, "Latest");
    constexpr int kInCorner = 6;
    const Element corner{"corner", before.x + before.width - 2 * kInCorner,
                         before.y + before.height - 2 * kInCorner, 2 * kInCorner, 2 * kInCorner};
    drag(designer, corner, before, 2, -1);
    designer.screen.await({{"tool bar", ""}, {"", "Undo Size card"}});
    check(card(designer, "Latest").width > before.width, "The card has not grown");
    save(designer, kFile);
    checkPlace(designer, "bars", "[0, 0]", "[8, 3]");
    designer.input.press("ctrl+z");
    until([&] { return card(designer, "Latest").width == before.width; }, [] { return "It stays large"; });
}

/// The inside of a card, below its head and within its edges.
Element picture(const DesignerFixture& designer, const std::string& name) {
    Element part = card(designer, name);
    constexpr int kHead = 48, kEdge = 8;
    part.y += kHead;
    part.height -= kHead + kEdge;
    part.x += kEdge;
    part.width -= 2 * kEdge;
    return part;
}

void freezeHolds(DesignerFixture& designer) {
    const auto empty = designer.screen.picture(picture(designer, "Totals"));
    runForTheFirstTime(designer);
    awaitRun(designer, "Running");
    designer.screen.awaitChange(picture(designer, "Totals"), empty);
    const ElementPath count = {{"frame", kFile}, {"label", "+ "}};  // rows that came since
    designer.input.click(designer.screen.await({{"", "Freeze"}}));
    const std::string first = designer.screen.await(count).name;
    const Element part = picture(designer, "Totals");
    const auto held = designer.screen.picture(part);
    until([&] { return designer.screen.await(count).name != first; }, [] { return "No rows come"; });
    check(designer.screen.picture(part) == held, "A frozen chart goes on");
    designer.input.click(designer.screen.await({{"", "Freeze"}}));
    designer.screen.awaitGone(count);
    designer.screen.awaitChange(part, held);
}

void exportThePicture(DesignerFixture& designer) {
    choose(designer, {{"frame", kFile}, {"push button", "Export the visible range"}}, 2,
           4);  // an SVG drawing
    answerFileName(designer, "Export the visible range", "totals.svg");
    designer.awaitFile("totals.svg");
    const std::string drawing = designer.contents("totals.svg");
    check(drawing.find("<svg") != std::string::npos && drawing.find("</svg>") != std::string::npos,
          "The drawing is none");
    check(drawing.find("Totals") != std::string::npos, "The drawing has no title");
    check(drawing.find("<p") != std::string::npos, "Nothing is drawn");  // path, polyline
}

}  // namespace

int main() {
    return play("dashboard", [](DesignerFixture& designer) {
        designer.write(kFile, kPipeline);
        designer.start(kFile);
        designer.input.press("ctrl+2");
        cardsAreMoved(designer);
        cardsAreSized(designer);
        freezeHolds(designer);
        exportThePicture(designer);
        clickMainToolBar(designer, "Stop");
        awaitRun(designer, "Stopped");
        save(designer, kFile);
        designer.quit();
    });
}
