// A line edit for searching: a magnifier inside, the shortcut that leads to it as a key cap while it is
// empty, a cross to clear it while it is not. Esc clears it; in the empty field it emits left().
#pragma once
#include <QLineEdit>

namespace rw::ui {

class IconButton;

class SearchField : public QLineEdit {
    Q_OBJECT
 public:
    // `placeholder` is also the accessible name; `keys` is the text of the key cap ("/", "Ctrl K"), or empty.
    SearchField(const QString& placeholder, const QString& keys, QWidget* parent = nullptr);

    void setPlaceholder(const QString& placeholder);

 Q_SIGNALS:
    void left();  // Esc in the empty field

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void arrange();

    QString m_keys;
    IconButton* m_clear;
};

}  // namespace rw::ui
