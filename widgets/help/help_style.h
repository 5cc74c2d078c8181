// Gives a document that was read from Markdown the look of the program.
#pragma once

class QTextDocument;

namespace rw::ui {

void styleHelp(QTextDocument& document);

}  // namespace rw::ui
