// The colours that a person may give a comment on the canvas.
#pragma once
#include "widgets/theme/tokens.h"

namespace rw::ui {

/// `line` for its edge, `tint` behind its words. With high contrast the edge alone has the colour.
struct NoteTone {
    QColor line, tint;
};

struct NoteTones {
    NoteTone plain, blue, green, amber, red, violet;
};

NoteTones noteTones(const Tokens& tokens);

}  // namespace rw::ui
