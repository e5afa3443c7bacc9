import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { createWebhookHandler } from '@x/webhooks/node';
import { createApp, NangoController } from '../recipes/nest-express.js';
import { receiver } from '../recipes/receiver.js';

const handleWebhook = createWebhookHandler(receiver);

@Controller('wrong')
class Wrong {
    @Post()
    receive(@Req() req: any, @Res() res: any) {
        // As without `rawBody: true`.
        req.rawBody = undefined;
        return handleWebhook(req, res);
    }
}

@Module({ controllers: [NangoController, Wrong] })
class Both {}

createApp(Both).then((app) => app.listen(Number(process.env.PORT), '127.0.0.1'));
