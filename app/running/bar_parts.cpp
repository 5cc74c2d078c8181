#include "app/running/bar_parts.h"

#include <QAction>
#include <QFrame>
#include <QPushButton>
#include <QVariant>
#include <algorithm>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

QFrame* barSeparator() {
    auto* line = new QFrame;
    line->setFixedSize(1, 24);
    line->setProperty("edge", "left");
    line->setAttribute(Qt::WA_StyledBackground);
    return line;
}

void fitButton(QPushButton& button, const QStringList& texts) {
    const QString shown = button.text();
    int width = 0;
    for (const QString& text : texts) {
        QAction named;
        named.setText(text);
        if (!shown.isEmpty()) button.setText(plainText(named));
        width = std::max(width, button.sizeHint().width());
    }
    button.setText(shown);
    button.setMinimumWidth(width);
}

}  // namespace rw::ui
