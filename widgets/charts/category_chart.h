// Shared by charts over categories: a line of words above the picture, and a place in it that the pointer or
// keys choose to be described.
#pragma once
#include <QStringList>
#include <optional>

#include "core/views/category_view.h"
#include "widgets/charts/chart_widget.h"

namespace rw::ui {

class ChartTooltip;
class ElidedLabel;
class RowCondition;

class CategoryChart : public ChartWidget {
    Q_OBJECT
 public:
    explicit CategoryChart(QWidget* parent = nullptr);
    QString rangeText() const override;
    std::vector<ChartColumn> keptColumns() const override;
    bool isFedEarly() const override;
    void fillMenu(QMenu& menu) override;

 protected:
    virtual const CategoryShot& shot() const = 0;
    /// How many can be told about.
    virtual int places() const = 0;
    /// Describes a place in the tooltip.
    virtual void tell(int place) = 0;
    /// The category of a place; null: it is of several.
    virtual const std::string* categoryAt(int place) const = 0;
    /// The texts above the picture besides the window shown.
    virtual QStringList notes() const = 0;

    std::uint64_t rows() const override { return shot().totals.rows; }
    void keyPressEvent(QKeyEvent* event) override;
    bool isBlank() const override { return places() == 0; }

    void pointAt(int place);
    void forgetPoint();
    /// All charts keep the category of this place.
    void choose(int place);
    /// What is drawn of the view.
    CategoryQuery query() const;
    /// Another category was chosen here.
    bool isPale(const std::string& category) const;
    /// Drawn as one that may still change.
    bool isOpen() const { return shot().provisional && provisional() != Provisional::Shown; }
    std::optional<int> pointed() const { return m_pointed; }
    /// The row of a category of the window that is shown.
    std::string rowOf(const CategoryValue& shown) const;
    /// What is true of all of that window; without windows nothing.
    RowCondition rowOfWindow() const;
    /// Updates the texts after the picture has changed.
    void refreshWords();
    QString wordsText() const;
    /// The line of words, for exports.
    void paintWords(QPainter& painter, const QPointF& topLeft) const;
    const CategoryInfo& input() const;
    ElidedLabel& words() const { return *m_words; }
    ChartTooltip& tooltip() const { return *m_tooltip; }

 private:
    ChartTooltip* m_tooltip;
    ElidedLabel* m_words;
    std::optional<int> m_pointed;  ///< the place that is told about
};

}  // namespace rw::ui
