// Colours SQL as SQLite reads it, also strings and comments of several lines.
#pragma once
#include "widgets/editor/sql_highlighter.h"

namespace rw::ui {

class QueryHighlighter : public MarkingHighlighter {
    Q_OBJECT
 public:
    explicit QueryHighlighter(QTextDocument* document);

 protected:
    void highlightBlock(const QString& text) override;
};

}  // namespace rw::ui
