// Actions with the mouse in the window: adding nodes, wiring them, filling forms.
#pragma once
#include <string>

#include "tests/e2e/designer_fixture.h"

namespace rw::e2e {

/// Drags a palette entry onto the canvas, to so many pixels from its corner, and waits for the node.
void drop(DesignerFixture& designer, const std::string& entry, int x, int y);
/// Draws a wire from an output to an input.
void connect(DesignerFixture& designer, const std::string& from, const std::string& output,
             const std::string& to, const std::string& input);
/// The part of a node's card by which it is taken; its middle may be a picture with a will of its own.
Element head(const DesignerFixture& designer, const std::string& title);
/// Clicks a node's head, so that the form is its.
void select(DesignerFixture& designer, const std::string& title);
/// Puts a text into a field of the form and leaves it.
void fill(DesignerFixture& designer, const ElementPath& way, const std::string& text);
/// Opens a button's menu and takes a line of it; they are equally high.
void choose(DesignerFixture& designer, const ElementPath& button, int line, int lines);

/// Clicks Run, Pause or Stop.
void clickMainToolBar(DesignerFixture& designer, const std::string& button);
/// Runs a pipeline that the program did not save, and agrees to its accesses.
void runForTheFirstTime(DesignerFixture& designer);
/// Waits until the bar above tells this of the run.
void awaitRun(const DesignerFixture& designer, const std::string& state);
/// Saves over the file and waits until the window says so.
void save(DesignerFixture& designer, const std::string& file);

}  // namespace rw::e2e
