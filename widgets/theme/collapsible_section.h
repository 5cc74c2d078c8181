// A titled part of a form or list whose head opens and closes it: a chevron, the title, and at the right a
// count or an action.
#pragma once
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace rw::ui {

class SectionHead;

class CollapsibleSection : public QWidget {
    Q_OBJECT
 public:
    explicit CollapsibleSection(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setCount(int count);             // shown at the right; negative: none
    void addHeadWidget(QWidget* widget);  // takes ownership
    QVBoxLayout* body() const { return m_body; }

    bool isOpen() const;
    void setOpen(bool open);

 Q_SIGNALS:
    void toggled(bool open);

 private:
    SectionHead* m_head;
    QHBoxLayout* m_headRow;
    QLabel* m_count;
    QWidget* m_frame;
    QVBoxLayout* m_body;
};

}  // namespace rw::ui
