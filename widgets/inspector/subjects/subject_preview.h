// The side of the dialog that shows what one topic or table proposes for the node.
#pragma once
#include <QWidget>
#include <optional>
#include <string>

#include "core/pipeline/subject_proposal.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QTableWidget;

namespace rw::ui {

class HintBox;

class SubjectPreview : public QWidget {
    Q_OBJECT
 public:
    explicit SubjectPreview(QWidget* parent = nullptr);

    /// Connections that may be named where a proposal needs one, and the one that is named already.
    void setRegistries(const QStringList& names, const QString& chosen);
    /// Whether the proposal is to be taken, until a person says otherwise.
    void setTaking(bool take);

    void showNothing();
    void showLooking(const QString& subject);
    void showError(const QString& subject, const Error& error);
    void showProposal(const QString& subject, const SubjectProposal& proposal);

    /// The parameters to take with the name; empty: none.
    Json params() const;
    /// The connection to ask for schemas; empty: none.
    QString registry() const;

 Q_SIGNALS:
    void registryChosen();
    void againRequested();

 private:
    void clear(const QString& subject);
    void fillRows(const SubjectProposal& proposal);
    void showNotes(const SubjectProposal& proposal);

    Json m_params = Json::object();
    QLabel *m_title, *m_found;
    QWidget* m_registryRow;
    QComboBox* m_registry;
    HintBox* m_hint;
    QTableWidget* m_rows;
    QCheckBox* m_take;
};

}  // namespace rw::ui
