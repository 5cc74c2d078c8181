// The right side of the page Compare: the changes in words, and what becomes of the state of a run.
#pragma once
#include <QWidget>
#include <optional>

#include "core/base/status.h"
#include "widgets/versions/version_models.h"

class QLabel;
class QListView;
class QPushButton;
class QTableWidget;

namespace rw::ui {

class ElidedLabel;

class ChangesSide final : public QWidget {
    Q_OBJECT
 public:
    explicit ChangesSide(QWidget* parent = nullptr);

    /// `sides`: “Saved file → Working copy”; `takesBack`: B is what is in the window.
    void setChanges(const std::vector<VersionChange>& changes, const QString& sides, bool takesBack);
    /// Nothing: it is not known yet, or not asked for. `a`, `b` have the titles.
    void setForecast(const std::optional<Result<Forecast>>& forecast, const Pipeline& a, const Pipeline& b);
    int current() const;  ///< below 0: none
    void choose(int change);
    QListView& list() const { return *m_list; }
    /// As wide as the text and the page ask; when either is another.
    void fit();

 Q_SIGNALS:
    void currentChanged(int change);
    void takeBackRequested(int change);
    void takeAllBackRequested();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void retranslate();

    ChangesModel* m_model;
    QLabel* m_title;
    ElidedLabel* m_sides;
    QListView* m_list;
    QLabel *m_fatesHead, *m_fatesWords;
    QTableWidget* m_fates;
    QPushButton *m_takeBack, *m_takeAllBack;
    QWidget* m_foot;
};

}  // namespace rw::ui
