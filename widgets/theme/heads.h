// Rows of titles: the head of a section, and a row of tabs.
#pragma once
#include <QAbstractButton>
#include <QWidget>

class QHBoxLayout;
class QTabBar;
class QVBoxLayout;

namespace rw::ui {

/// Opens and closes the section below: a chevron, a title, and at the right how many there are. Checked is open.
/// Space and Enter toggle it, Left closes, Right opens.
class SectionHead : public QAbstractButton {
    Q_OBJECT
 public:
    explicit SectionHead(QWidget* parent = nullptr);
    void setCount(int count);  // negative: none is shown
    // Open for as long as this holds, even if the user closed it.
    void setHeldOpen(bool held);
    bool isOpen() const { return isChecked() || m_heldOpen; }
    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    int m_count = -1;
    bool m_heldOpen = false;
};

/// A titled part of a form or list that its head opens and closes.
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

/// Tabs with one line below all of them, and room for tools at the right end.
class TabRow : public QWidget {
    Q_OBJECT
 public:
    /// Takes ownership of the tabs.
    explicit TabRow(QTabBar* tabs, QWidget* parent = nullptr);
    /// The tabs, a stretch, and then the tools, which others add.
    QHBoxLayout& line() { return *m_line; }

 private:
    QHBoxLayout* m_line;
};

}  // namespace rw::ui
