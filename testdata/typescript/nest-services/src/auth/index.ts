export * from './token.service';
export { Audience as Api } from './audience';
