// A button that shows only an icon and therefore always has words elsewhere: they are its tool tip, with the
// shortcut, and its accessible name.
#pragma once
#include <QToolButton>

#include "widgets/theme/tokens.h"

namespace rw::ui {

class IconButton : public QToolButton {
    Q_OBJECT
 public:
    // `words` name the action of the button, as a verb: "Delete the node".
    IconButton(const QString& iconName, const QString& words, QWidget* parent = nullptr);

    void setIconName(const QString& iconName);
    void setLabel(const QString& words);  // also after a change of language
    void setColorRole(ColorRole role);
    // A square of 20 for the inside of chips and table rows; the space around it keeps the target at 24.
    void setDense();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();

    QString m_iconName;
    ColorRole m_role = ColorRole::Dim;
    bool m_dense = false;
};

}  // namespace rw::ui
