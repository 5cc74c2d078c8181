// “Choose a topic”: what a connection has, with a search field, partitions and sizes, and beside it what the
// chosen one proposes for the node.
#pragma once
#include <QDialog>
#include <QTimer>
#include <memory>
#include <string>

#include "widgets/inspector/subjects/subject_browsing.h"

class QPushButton;
class QStackedWidget;
class QTableView;

namespace rw::ui {

class EmptyState;
class HintBox;
class SearchField;
class SubjectModel;
class SubjectPreview;

/// What is chosen, and for whom.
struct SubjectQuestion {
    NodeConnection connection;
    std::shared_ptr<const Connections> all{};  ///< among which the registry is
    ConnectionBrowsers browsers{};
    const NodeKind& kind;
    const ParamSpec& param;  ///< of that kind, ParamSpec::subject
    Json params{};           ///< of the node, with the values of variables
};

class SubjectDialog : public QDialog {
    Q_OBJECT
 public:
    /// Begins to ask. Closing ends that.
    SubjectDialog(SubjectQuestion question, QWidget* parent);

    /// The parameters to set, once it was accepted: the name, and what was taken of the proposal.
    Json values() const;
    const std::string& chosen() const { return m_chosen; }

 protected:
    /// Of the search field: the arrows go through the list.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QWidget* buildList();
    QWidget* buildFoot();
    QStringList registries() const;
    void ask();
    void takeList(const ConnectionSubjects& subjects);
    void showState();
    void chooseRow();
    void lookAgain();
    void step(int rows);

    const SubjectQuestion m_question;
    const std::string m_before;  ///< the name in the field
    SubjectBrowsing* m_browsing;
    std::string m_chosen{};
    bool m_failed = false;
    QTimer m_soon{};  ///< keys may go through many rows in a moment
    SearchField* m_search;
    SubjectModel* m_model;
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_list;
    HintBox* m_hint;
    SubjectPreview* m_preview;  ///< of a kind that proposes nothing: hidden
    QPushButton *m_choose, *m_cancel;
};

}  // namespace rw::ui
