// The Pipeline tab before there is a pipeline: the demo, examples, an empty pipeline, recent files and four
// hints. It only asks; the window does.
#pragma once
#include <QWidget>
#include <vector>

#include "widgets/document/examples.h"
#include "widgets/document/recent_files.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class DemoCard;
class EmptyCard;
class HintSketch;
class ListCard;

class WelcomePage : public QWidget {
    Q_OBJECT
 public:
    /// `recent` must outlive the page.
    explicit WelcomePage(RecentFiles& recent, QWidget* parent = nullptr);

 Q_SIGNALS:
    void exampleRequested(const QString& file, bool run);
    void emptyRequested();
    void csvRequested();
    void openRequested();
    void fileRequested(const QString& path);
    void quickAddRequested();
    /// A node or an example is being dragged over the page: time for the canvas, which takes the drag over.
    void nodeDragged();

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void build();
    QWidget* hints();
    /// One column where two would be too narrow to read.
    void arrange(bool narrow);
    void retranslate();
    void fillRecent();

    RecentFiles& m_recent;
    QLabel *m_title, *m_subtitle;
    DemoCard* m_demo;
    ListCard *m_examples, *m_recentFiles;
    EmptyCard* m_empty;
    QPushButton* m_open;
    QGridLayout *m_cards = nullptr, *m_hintGrid = nullptr;
    std::vector<HintSketch*> m_hints;
    bool m_narrow = false;
};

}  // namespace rw::ui
