// A small box for one thing of a set: a key column that can be removed, a filter, a result column, a count of
// problems. Flows well in a FlowLayout. With setRemovable() it ends in a cross; Delete on a focused chip does
// the same.
#pragma once
#include <QFrame>

class QLabel;

namespace rw::ui {

class IconButton;

class Chip : public QFrame {
    Q_OBJECT
 public:
    enum class Tone { Plain, Accent, Ok, Warn, Error };

    explicit Chip(const QString& text, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;
    void setDetail(const QString& detail);  // dim words after the text, a column's type
    void setIcon(const QString& iconName);
    void setTone(Tone tone);
    void setMono(bool mono);
    void setRemovable(bool removable);

 Q_SIGNALS:
    void removeRequested();
    void clicked();

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void refresh();

    Tone m_tone = Tone::Plain;
    QString m_iconName;
    QString m_whole;  ///< of which the label may show less
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_detail;
    IconButton* m_remove;
};

}  // namespace rw::ui
