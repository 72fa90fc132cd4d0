/* lacunaenc.c - the element that encodes raw pictures to streams, one a buffer.
 *
 * The library reads the mapped input as it lies and its packet becomes the
 * output buffer's memory: nothing is copied. */

#include "lacunaenc.h"

#include "formats.h"
#include "lacuna/encoder.h"

GST_DEBUG_CATEGORY_STATIC(lacuna_enc_debug);
#define GST_CAT_DEFAULT lacuna_enc_debug

struct _LacunaEnc {
    GstVideoEncoder parent;

    /* Under the object lock. */
    gdouble quality;
    guint64 max_bytes;
    gint threads;
    gboolean outdated;    /* properties have changed since `encoder` was made */
    lac_encoder* encoder; /* replaced by the streaming thread alone */

    gint stopping; /* atomic: what is under way is not wanted any more */
    GstVideoCodecState* input;
};

enum { PROPERTY_QUALITY = 1, PROPERTY_MAX_BYTES, PROPERTY_THREADS };

G_DEFINE_TYPE(LacunaEnc, lacuna_enc, GST_TYPE_VIDEO_ENCODER)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS("video/x-raw, format = (string) " LACUNA_ENCODED_FORMATS ", " LACUNA_SIZES));
static GstStaticPadTemplate source_template = GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS(LACUNA_MEDIA_TYPE ", parsed = (boolean) true, " LACUNA_SIZES));

/* Properties */

static void lacuna_enc_set_property(GObject* object, guint id, const GValue* value, GParamSpec* spec)
{
    LacunaEnc* self = LACUNA_ENC(object);
    GST_OBJECT_LOCK(self);
    self->outdated = TRUE;
    switch (id) {
        case PROPERTY_QUALITY:
            self->quality = g_value_get_double(value);
            break;
        case PROPERTY_MAX_BYTES:
            self->max_bytes = g_value_get_uint64(value);
            break;
        case PROPERTY_THREADS:
            self->threads = g_value_get_int(value);
            break;
        default:
            G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
            break;
    }
    GST_OBJECT_UNLOCK(self);
}

static void lacuna_enc_get_property(GObject* object, guint id, GValue* value, GParamSpec* spec)
{
    LacunaEnc* self = LACUNA_ENC(object);
    GST_OBJECT_LOCK(self);
    switch (id) {
        case PROPERTY_QUALITY:
            g_value_set_double(value, self->quality);
            break;
        case PROPERTY_MAX_BYTES:
            g_value_set_uint64(value, self->max_bytes);
            break;
        case PROPERTY_THREADS:
            g_value_set_int(value, self->threads);
            break;
        default:
            G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
            break;
    }
    GST_OBJECT_UNLOCK(self);
}

/* The library's encoder */

static void replace(LacunaEnc* self, lac_encoder* encoder)
{
    GST_OBJECT_LOCK(self);
    lac_encoder* former = self->encoder;
    self->encoder = encoder;
    GST_OBJECT_UNLOCK(self);
    if (former != NULL) {
        lac_encoder_destroy(&former);
    }
}

/* Makes the encoder that the properties ask for, unless it is there. */
static lac_status open_encoder(LacunaEnc* self)
{
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    GST_OBJECT_LOCK(self);
    gboolean usable = self->encoder != NULL && !self->outdated;
    options.quality = self->quality;
    options.max_bytes = self->max_bytes;
    options.threads = self->threads;
    self->outdated = FALSE;
    GST_OBJECT_UNLOCK(self);
    if (usable) {
        return LAC_OK;
    }

    lac_encoder* encoder = NULL;
    lac_status status = lac_encoder_create(&options, &encoder);
    replace(self, encoder);
    return status;
}

/* Ends a call that is under way in the streaming thread, and those that it would still begin. */
static void cancel(LacunaEnc* self)
{
    g_atomic_int_set(&self->stopping, TRUE);
    GST_OBJECT_LOCK(self);
    if (self->encoder != NULL) {
        lac_encoder_cancel(self->encoder);
    }

    GST_OBJECT_UNLOCK(self);
}

/* Encoding */

static void release_packet(gpointer data)
{
    lac_packet* packet = data;
    lac_packet_release(packet);
    g_free(packet);
}

/* Encodes a mapped picture.
 *   output        receives the stream as a buffer; null on failure */
static lac_status encode(LacunaEnc* self, const GstVideoFrame* mapped, const GstVideoCodecFrame* times, GstBuffer** output)
{
    lac_frame picture = LAC_FRAME_INIT;
    lac_packet packet = LAC_PACKET_INIT;
    lacuna_point_at(&picture, mapped);
    picture.pts = GST_CLOCK_TIME_IS_VALID(times->pts) ? (int64_t)times->pts : LAC_UNKNOWN;
    picture.duration = GST_CLOCK_TIME_IS_VALID(times->duration) ? (int64_t)times->duration : LAC_UNKNOWN;

    lac_status status = open_encoder(self);
    while (status == LAC_OK) {
        status = lac_encoder_send(self->encoder, &picture);
        if (status != LAC_E_CANCELLED || g_atomic_int_get(&self->stopping)) {
            break;
        }

        /* A cancel that came too late for the picture before does not count for this one. */
        status = LAC_OK;
    }

    if (status == LAC_OK) {
        status = lac_encoder_get(self->encoder, &packet);
    }

    if (status == LAC_OK) {
        lac_packet* held = g_memdup2(&packet, sizeof packet);
        *output = gst_buffer_new_wrapped_full(
            GST_MEMORY_FLAG_READONLY, (gpointer)packet.data, packet.size, 0, packet.size, held, release_packet);
    }

    return status;
}

static GstFlowReturn lacuna_enc_handle_frame(GstVideoEncoder* base, GstVideoCodecFrame* frame)
{
    LacunaEnc* self = LACUNA_ENC(base);
    GstVideoFrame mapped;
    gchar detail[512] = "";
    if (!gst_video_frame_map(&mapped, &self->input->info, frame->input_buffer, GST_MAP_READ)) {
        GST_ELEMENT_ERROR(self, RESOURCE, READ, ("The memory of a frame could not be mapped."), (NULL));
        gst_video_codec_frame_unref(frame);
        return GST_FLOW_ERROR;
    }

    lac_status status = encode(self, &mapped, frame, &frame->output_buffer);
    if (status != LAC_OK) {
        lac_error_detail(detail, sizeof detail);
    }

    gst_video_frame_unmap(&mapped);
    if (status == LAC_OK) {
        GST_VIDEO_CODEC_FRAME_SET_SYNC_POINT(frame);
    } else if (status != LAC_E_CANCELLED) {
        GST_ELEMENT_ERROR(self, STREAM, ENCODE, ("A picture could not be encoded."), ("%s (%s)", lac_status_name(status), detail));
    }

    /* Without an output buffer the frame is dropped. */
    GstFlowReturn flow = gst_video_encoder_finish_frame(base, frame);
    if (status == LAC_OK) {
        return flow;
    }

    return status == LAC_E_CANCELLED ? GST_FLOW_FLUSHING : GST_FLOW_ERROR;
}

/* States and events */

static gboolean lacuna_enc_set_format(GstVideoEncoder* base, GstVideoCodecState* state)
{
    LacunaEnc* self = LACUNA_ENC(base);
    GstCaps* caps = gst_caps_new_simple(LACUNA_MEDIA_TYPE, "parsed", G_TYPE_BOOLEAN, TRUE, NULL);
    g_clear_pointer(&self->input, gst_video_codec_state_unref);
    self->input = gst_video_codec_state_ref(state);
    gst_video_codec_state_unref(gst_video_encoder_set_output_state(base, caps, state));
    return gst_video_encoder_negotiate(base);
}

static gboolean lacuna_enc_start(GstVideoEncoder* base)
{
    g_atomic_int_set(&LACUNA_ENC(base)->stopping, FALSE);
    return TRUE;
}

static gboolean lacuna_enc_stop(GstVideoEncoder* base)
{
    LacunaEnc* self = LACUNA_ENC(base);
    replace(self, NULL);
    g_clear_pointer(&self->input, gst_video_codec_state_unref);
    return TRUE;
}

static gboolean lacuna_enc_sink_event(GstVideoEncoder* base, GstEvent* event)
{
    LacunaEnc* self = LACUNA_ENC(base);
    if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_START) {
        cancel(self);
    } else if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_STOP) {
        g_atomic_int_set(&self->stopping, FALSE);
    }

    return GST_VIDEO_ENCODER_CLASS(lacuna_enc_parent_class)->sink_event(base, event);
}

/* Lets pools upstream know that strides of any kind are read. */
static gboolean lacuna_enc_propose_allocation(GstVideoEncoder* base, GstQuery* query)
{
    gst_query_add_allocation_meta(query, GST_VIDEO_META_API_TYPE, NULL);
    return GST_VIDEO_ENCODER_CLASS(lacuna_enc_parent_class)->propose_allocation(base, query);
}

static GstStateChangeReturn lacuna_enc_change_state(GstElement* element, GstStateChange change)
{
    if (change == GST_STATE_CHANGE_PAUSED_TO_READY) {
        cancel(LACUNA_ENC(element));
    }

    return GST_ELEMENT_CLASS(lacuna_enc_parent_class)->change_state(element, change);
}

static void lacuna_enc_class_init(LacunaEncClass* klass)
{
    GObjectClass* object = G_OBJECT_CLASS(klass);
    GstElementClass* element = GST_ELEMENT_CLASS(klass);
    GstVideoEncoderClass* base = GST_VIDEO_ENCODER_CLASS(klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

    GST_DEBUG_CATEGORY_INIT(lacuna_enc_debug, "lacunaenc", 0, "Lacuna encoder");
    object->set_property = lacuna_enc_set_property;
    object->get_property = lacuna_enc_get_property;
    g_object_class_install_property(object, PROPERTY_QUALITY, g_param_spec_double("quality", "Quality",
        "0 (smallest stream) to 100 (best picture)", 0, 100, 50, flags | GST_PARAM_MUTABLE_PLAYING));
    g_object_class_install_property(object, PROPERTY_MAX_BYTES, g_param_spec_uint64("max-bytes", "Most bytes",
        "Bytes that no picture exceeds; the quality is searched for (0: no bound)", 0, G_MAXINT64, 0, flags | GST_PARAM_MUTABLE_PLAYING));
    g_object_class_install_property(object, PROPERTY_THREADS,
        g_param_spec_int("threads", "Threads", "Threads of one picture (0: one a processor)", 0, 256, 0, flags));

    gst_element_class_set_static_metadata(element, "Lacuna encoder", "Codec/Encoder/Image", "Encodes Lacuna pictures", "Lacuna");
    gst_element_class_add_static_pad_template(element, &sink_template);
    gst_element_class_add_static_pad_template(element, &source_template);
    element->change_state = lacuna_enc_change_state;

    base->start = lacuna_enc_start;
    base->stop = lacuna_enc_stop;
    base->set_format = lacuna_enc_set_format;
    base->handle_frame = lacuna_enc_handle_frame;
    base->sink_event = lacuna_enc_sink_event;
    base->propose_allocation = lacuna_enc_propose_allocation;
}

static void lacuna_enc_init(LacunaEnc* self)
{
    self->quality = 50;
    GST_PAD_SET_ACCEPT_TEMPLATE(GST_VIDEO_ENCODER_SINK_PAD(self));
}
