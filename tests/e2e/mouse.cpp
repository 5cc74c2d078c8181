#include "tests/e2e/mouse.h"

#include "tests/e2e/pipeline.h"

namespace rw::e2e {

namespace {

constexpr int kHead = 40;  // pixels, more or less

}  // namespace

void drop(DesignerFixture& designer, const std::string& entry, int x, int y) {
    const Element target = designer.screen.await(canvas());
    const std::size_t before = designer.screen.count(node(""));
    designer.input.drag(designer.reach({{"list", ""}, {"list item", entry}}), target.x + x, target.y + y);
    designer.screen.awaitCount(node(""), before + 1);
}

void connect(DesignerFixture& designer, const std::string& from, const std::string& output,
             const std::string& to, const std::string& input) {
    designer.input.drag(designer.screen.await(port(from, output)), designer.screen.await(port(to, input)));
    designer.screen.await(wire(from, to));
}

Element head(const DesignerFixture& designer, const std::string& title) {
    Element card = designer.screen.await(node(title));
    card.height = kHead;
    return card;
}

void select(DesignerFixture& designer, const std::string& title) {
    designer.input.click(head(designer, title));
    designer.screen.awaitFocus(node(title));
}

void fill(DesignerFixture& designer, const ElementPath& way, const std::string& text) {
    designer.input.click(designer.reach(way));
    designer.screen.awaitFocus(way);
    designer.input.press("ctrl+a");
    designer.input.type(text);
    designer.input.press("Tab");
}

void choose(DesignerFixture& designer, const ElementPath& button, int line, int lines) {
    designer.input.click(designer.reach(button));
    const Element menu = designer.screen.awaitMenu();
    designer.input.click(menu.middleX(), menu.y + menu.height * (2 * line + 1) / (2 * lines));
}

void clickMainToolBar(DesignerFixture& designer, const std::string& button) {
    designer.input.click(designer.screen.await({{"tool bar", ""}, {"push button", button}}));
}

void runForTheFirstTime(DesignerFixture& designer) {
    clickMainToolBar(designer, "Run");
    designer.input.click(designer.screen.await({{"dialog", "Before the run"}, {"push button", "Run"}}));
}

void awaitRun(const DesignerFixture& designer, const std::string& state) {
    designer.screen.await({{"tool bar", ""}, {"", state}});
}

void save(DesignerFixture& designer, const std::string& file) {
    designer.input.press("ctrl+s");
    designer.screen.awaitThere({{"frame", file + " – "}});  // without the mark of changes behind its name
}

}  // namespace rw::e2e
