// The page of the Preferences with the rows of live sources that are kept on this computer: what, of which
// pipeline, since when, how large and where; and the way to remove them.
#pragma once
#include <functional>
#include <vector>

#include "core/listen/heard_store.h"
#include "widgets/background/latest.h"
#include "widgets/pane/preferences_page.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace rw::ui {

class RunSession;

class KeptRowsPage : public PreferencesPage {
    Q_OBJECT
 public:
    /// `session`: whose newest input is listed, too; it outlives the page.
    explicit KeptRowsPage(const RunSession& session, QWidget* parent = nullptr);

    QString id() const override;
    QString title() const override;
    bool isStoring() const override { return m_removing; }

 Q_SIGNALS:
    void removed(bool all);  ///< all: of every source

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void look();
    void fill();
    void fillRow(int row, const QStringList& cells);
    void showChosen();
    void remove(bool all);
    void retranslate();

    const RunSession& m_session;
    const HeardStore m_store{};
    std::vector<KeptSource> m_kept{};
    bool m_ofRun = false;  ///< the first row is the newest input of a run
    bool m_looked = false, m_removing = false;
    QLabel *m_words, *m_where;
    QTableWidget* m_table;
    QPushButton *m_remove, *m_removeAll;
    Latest m_work{this};
};

}  // namespace rw::ui
