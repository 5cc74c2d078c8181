#include "widgets/document/validator.h"

namespace rw::ui {

Validator::Validator(const Catalogue& catalogue, QObject* parent) : QObject(parent), m_catalogue(catalogue) {
    m_pool.setMaxThreadCount(1);
}

Validator::~Validator() {
    m_pool.waitForDone();
}

void Validator::request(quint64 version, Pipeline pipeline, ValidateOptions options) {
    Question question{version, std::move(pipeline), std::move(options)};
    if (m_busy) {
        m_next = std::move(question);
    } else {
        start(std::move(question));
    }
}

void Validator::start(Question question) {
    m_busy = true;
    m_pool.start([this, question = std::move(question)] {
        auto result =
            std::make_shared<const Validated>(validate(question.pipeline, m_catalogue, question.options));
        LastSummaries::Summaries summaries = m_summaries.learn(question.pipeline, *result);
        QMetaObject::invokeMethod(
            this,
            [this, version = question.version, result = std::move(result), last = std::move(summaries)] {
                finish(version, result, last);
            },
            Qt::QueuedConnection);
    });
}

void Validator::finish(quint64 version, std::shared_ptr<const Validated> result,
                       const LastSummaries::Summaries& summaries) {
    m_busy = false;
    Q_EMIT done(version, result, summaries);
    if (m_next && !m_busy) start(*std::exchange(m_next, std::nullopt));
}

}  // namespace rw::ui
