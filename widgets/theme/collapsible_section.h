// A titled part of a form or list that its head opens and closes.
#pragma once
#include <QWidget>

class QVBoxLayout;

namespace rw::ui {

class SectionHead;

class CollapsibleSection : public QWidget {
    Q_OBJECT
 public:
    explicit CollapsibleSection(const QString& title, QWidget* parent = nullptr);

    QVBoxLayout* body() const { return m_body; }

    bool isOpen() const;
    void setOpen(bool open);

 private:
    SectionHead* m_head;
    QVBoxLayout* m_body;
};

}  // namespace rw::ui
