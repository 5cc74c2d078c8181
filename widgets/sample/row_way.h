// Where a row goes: what becomes of the row that is chosen in a sample at the nodes below, with the causes.
#pragma once
#include <QTimer>
#include <QWidget>
#include <optional>

#include "widgets/background/latest.h"
#include "widgets/sample/row_way_model.h"
#include "widgets/sample/sample_taker.h"

class QListView;
class QStackedLayout;

namespace rw::ui {

class ElidedLabel;
class EmptyState;

class RowWay : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 120;  ///< after a choice, which may be followed by others

    /// The document outlives it.
    explicit RowWay(const PipelineDocument& document, QWidget* parent = nullptr);

    /// Follows a row of an input of the node of the sample, in the background; the one before is dropped.
    /// Nothing where it is the same.
    void follow(const SampleRef& sample, FollowedRow row);
    /// No row is chosen: words are there in place of the list.
    void clear();
    /// After a change of language.
    void retranslate();
    bool isWaiting() const { return m_rest.isActive() || m_look.isWaiting(); }
    const RowWayModel& model() const { return m_model; }

 Q_SIGNALS:
    void nodeChosen(const rw::NodeId& node);  ///< it is to be selected

 private:
    void begin();
    void showPath();
    void turnTo(QWidget* page);
    void say(const QString& title, const QString& words);

    const PipelineDocument& m_document;
    SampleRef m_sample{};
    std::optional<FollowedRow> m_row{};
    std::optional<RowPath> m_path{};
    RowWayModel m_model{};
    ElidedLabel* m_head;
    QListView* m_list;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    QTimer m_rest{};
    Latest m_look{this};
};

}  // namespace rw::ui
